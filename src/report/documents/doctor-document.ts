/** What an audit would be able to read and a fix to write, for a program. */
import { doctorWarningsIn } from '../views/doctor-warnings.ts';
import { exitCodes, type ExitCode } from '../../domain/result/exit-code.ts';
import type { Gap, Result, Summary } from '../../domain/result/result.ts';
import type { Warning } from '../../domain/result/warning.ts';
import { maskGap, type Masking } from '../../result/redact.ts';
import * as records from '../../result/saved/record-schemas.ts';
import {
  choice,
  closed,
  count,
  described,
  flag,
  list,
  map,
  nullable,
  record,
  text,
} from '../../result/saved/schema-pieces.ts';
import type { DoctorFindings, TrialFindings } from '../doctor.ts';
import { documentSchema, gapDefinitions, headMembers, headOf, type DocumentHead } from './document.ts';

/** What doctor found, and the code that it ends with. */
export interface DoctorView {
  readonly result: Result;
  readonly findings: DoctorFindings;
  readonly exitCode: ExitCode;
}

interface Trial {
  readonly accounts: number;
  readonly gaps: readonly Gap[];
}

interface DoctorDocument extends DocumentHead<'DoctorReport'> {
  readonly exitCode: ExitCode;
  readonly interrupted: boolean;
  readonly callerArn: string | null;
  readonly organizationId: string | null;
  readonly policies: { readonly count: number; readonly paths: readonly string[] };
  readonly accounts: Summary['accounts'];
  readonly pools: number;
  readonly gaps: readonly Gap[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly writing: Trial | null;
  readonly blaming: Trial | null;
  readonly warnings: readonly Warning[];
}

/** Of `result` gaps and skips are read. */
export async function doctorDocument(
  { result, findings, exitCode }: DoctorView,
  masking: Masking,
): Promise<DoctorDocument> {
  const shown = masking === 'shared' ? maskGap : (gap: Gap) => gap;
  const { run, summary, warnings } = result.head;
  const { policies, policyPaths, pools, writing, blaming } = findings;
  return {
    ...headOf('DoctorReport'),
    exitCode,
    interrupted: run.interrupted,
    callerArn: run.callerArn,
    organizationId: run.organizationId,
    policies: { count: policies, paths: policyPaths },
    accounts: summary.accounts,
    pools,
    gaps: (await allOf(result.gaps())).map(shown),
    skipped: await skippedIn(result),
    writing: trialIn(writing, shown),
    blaming: trialIn(blaming, shown),
    warnings: doctorWarningsIn(warnings),
  };
}

function trialIn(found: TrialFindings | null, shown: (gap: Gap) => Gap): Trial | null {
  return found && { accounts: found.accounts, gaps: found.gaps.map(shown) };
}

async function allOf<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function skippedIn(result: Result): Promise<DoctorDocument['skipped']> {
  const counts = new Map<string, number>();
  for await (const { reason } of result.skipped()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const trial = record<Trial>({ accounts: count, gaps: list(closed('gap', records.gap)) });

export const doctorSchema = documentSchema(
  {
    name: 'doctor-report',
    title: 'mfa-drift doctor',
    description:
      'What mfa-drift doctor writes with --report json: what an audit could read, a fix could write, and what to do where not.',
  },
  record<DoctorDocument>({
    ...headMembers('DoctorReport'),
    exitCode: choice(exitCodes),
    interrupted: flag,
    callerArn: nullable(text),
    organizationId: described('null: the account is in none, or may not ask.', nullable(text)),
    policies: described(
      'Where they were looked for; with none, what most of them need was tried.',
      record<DoctorDocument['policies']>({ count, paths: list(text) }),
    ),
    accounts: described(
      'audited: can be read wholly.',
      record<Summary['accounts']>({ listed: count, audited: count, skipped: count, failed: count }),
    ),
    pools: described('That an audit would read.', count),
    gaps: described(
      'Places that can not be read; those that an exception accepts say so.',
      list(closed('gap', records.gap)),
    ),
    skipped: described('Rightly not read, by reason.', map(count)),
    writing: described(
      'In how many accounts the role that writes was tried, and where nothing could be written; null: nothing is set up that writes.',
      nullable(trial),
    ),
    blaming: described(
      'In how many accounts CloudTrail was asked, and where it could not be; null: the configuration does not ask who changed pools.',
      nullable(trial),
    ),
    warnings: described(
      'About clocks, and what could not be asked beside the pools.',
      list(closed('warning', records.warning)),
    ),
  }),
  { ...gapDefinitions, warning: records.warning },
);
