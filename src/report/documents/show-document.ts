/** One pool for a program: what it has, and what every policy says of it and why. */
import { gapCodes, type Account, type GapCode } from '../../domain/model/observation.ts';
import { factorNames, type Factor } from '../../domain/model/mfa/factors.ts';
import { severities, type Severity } from '../../domain/model/severity.ts';
import { enrolments, type Enrolment } from '../../domain/model/enrolment.ts';
import type { SourceLocation } from '../../domain/model/source-files.ts';
import type { Subject } from '../../domain/model/subject.ts';
import type { MatchAnswer } from '../../domain/policy/match/selection.ts';
import { exceptionRecord } from '../../domain/policy/exceptions.ts';
import type { ExceptionRecord, Gap, PoolRecord } from '../../domain/result/result.ts';
import type { Explanation, PolicyExplanation } from '../../domain/verdict/explanation.ts';
import * as records from '../../result/saved/record-schemas.ts';
import {
  choice,
  closed,
  count,
  described,
  list,
  moment,
  nullable,
  part,
  record,
  reference,
  text,
} from '../../result/saved/schema-pieces.ts';
import { documentSchema, headMembers, headOf, poolDefinitions, sourceLocation, type DocumentHead } from './document.ts';
import type { Awaited } from '../show/ready-lines.ts';
import { commandLine } from '../text/shell-words.ts';
import { checkSchema, shownCheck, type ShownCheck } from './shown-checks.ts';

/** A pool under all policies, on the day by which exceptions are judged. */
export interface ShowView {
  readonly explanation: Explanation;
  readonly subject: Subject;
  readonly policySetSha256: string;
  readonly now: Date;
  /** `null`: no change waits for its users. */
  readonly awaited: Awaited | null;
}

interface ShownPolicy {
  readonly name: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly matches: MatchAnswer;
  readonly reasons: readonly string[];
  readonly excludedBy: SourceLocation | null;
  readonly checks: readonly ShownCheck[];
}

interface ShownException {
  readonly covers: MatchAnswer;
  readonly exception: ExceptionRecord;
  readonly policies: readonly string[] | null;
  readonly paths: readonly string[] | null;
  readonly gaps: readonly GapCode[] | null;
}

interface ShownWaiting {
  readonly share: number;
  readonly enrolment: Enrolment;
  readonly policies: Awaited['lines'];
  readonly measure: string;
}

interface ShowDocument extends DocumentHead<'ShowReport'> {
  readonly judgedAt: string;
  readonly policySetSha256: string;
  readonly account: Account;
  readonly pool: PoolRecord;
  readonly gaps: readonly Gap[];
  readonly factors: { readonly usable: readonly Factor[]; readonly unknown: readonly Factor[] } | null;
  readonly policies: readonly ShownPolicy[];
  readonly exceptions: readonly ShownException[];
  readonly waitsFor: ShownWaiting | null;
}

export function showDocument({ explanation, subject, policySetSha256, now, awaited }: ShowView): ShowDocument {
  const { verdict, factors, policies, exceptions } = explanation;
  return {
    ...headOf('ShowReport'),
    judgedAt: now.toISOString(),
    policySetSha256,
    account: subject.account,
    pool: verdict.record,
    gaps: verdict.gaps,
    factors: factors && { usable: factors.usable, unknown: [...factors.unknown.keys()] },
    policies: policies.map(shownPolicy),
    exceptions: exceptions.map(({ exception, answer }) => ({
      covers: answer,
      exception: exceptionRecord(exception, now),
      policies: exception.policies,
      paths: exception.paths,
      gaps: exception.gaps,
    })),
    waitsFor: awaited && waitingOf(awaited),
  };
}

function waitingOf({ waitsFor: share, enrolment, lines: policies, command }: Awaited): ShownWaiting {
  return { share, enrolment, policies, measure: commandLine(command) };
}

function shownPolicy({ policy, answer, reasons, excludedBy, checks }: PolicyExplanation): ShownPolicy {
  const { name, severity, location } = policy;
  return {
    name,
    severity,
    file: location.file,
    line: location.line,
    matches: answer,
    reasons,
    excludedBy,
    checks: checks.map(shownCheck),
  };
}

const answer = choice<MatchAnswer>(['yes', 'unknown', 'no']);

const policy = record<ShownPolicy>({
  name: text,
  severity: choice(severities),
  file: text,
  line: count,
  matches: described('unknown: it rests on something that could not be read.', answer),
  reasons: described('What of the selector decided, in words.', list(text)),
  excludedBy: described('The exclude block that decided.', nullable(sourceLocation)),
  checks: described('Of a policy that matches, each line of it, those that hold too.', list(checkSchema)),
});

const exception = record<ShownException>({
  covers: described('Whether it covers the pool; unknown: it rests on something that could not be read.', answer),
  exception: reference('exception', records.exception),
  policies: described('null: all of them.', nullable(list(text))),
  paths: described('null: every path.', nullable(list(text))),
  gaps: described('It accepts gaps of these codes; null: it excuses drift.', nullable(list(choice(gapCodes)))),
});

const waiting = record<ShownWaiting>({
  share: described('Of its users, who must be able to sign in afterwards.', part),
  enrolment: described('Who enrols users without a factor; null: nobody said.', nullable(choice(enrolments))),
  policies: list(record<ShownWaiting['policies'][number]>({ policy: text, file: text, line: count })),
  measure: described('The command that asks them.', text),
});

const factors = record<NonNullable<ShowDocument['factors']>>({
  usable: list(choice(factorNames)),
  unknown: described('What they rest on could not be read.', list(choice(factorNames))),
});

export const showSchema = documentSchema(
  {
    name: 'show-report',
    title: 'mfa-drift show',
    description: 'What mfa-drift show writes with --report json: one pool, and what every policy says of it and why.',
  },
  record<ShowDocument>({
    ...headMembers('ShowReport'),
    judgedAt: described('When; exceptions are judged by that day.', moment),
    policySetSha256: text,
    account: closed('account', records.account),
    pool: described('As a saved result has it.', closed('pool', records.pool)),
    gaps: described('What could not be read of the pool.', list(closed('gap', records.gap))),
    factors: described('What a user can really use; null: the configuration is not known.', nullable(factors)),
    policies: described('Those that match, then those that may, then the others; each by name.', list(policy)),
    exceptions: described('Those that cover the pool, or may.', list(exception)),
    waitsFor: described(
      'What the change of the pool waits for; null: for no users. show asks none: pool.readiness is what --from has measured, pool.earlierReadiness what --baseline has.',
      nullable(waiting),
    ),
  }),
  poolDefinitions,
);
