/** What `apply` or `rollback` has done, as reports show it. */
import type { ApplyResult, Outcome, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Plan } from '../../domain/remediation/model/plan.ts';
import type { ExitCode } from '../../domain/result/exit-code.ts';
import type { Warning } from '../../domain/result/warning.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { movesOf, type Move, type ShownNames } from './plan-view.ts';

export interface ApplyReport extends ApplyResult {
  readonly command: 'apply' | 'rollback' | 'audit';
  /** Of the plan that was carried out. */
  readonly origin: Plan['origin'];
  /** `null`: nothing had to be journaled. The digest is the last line's. */
  readonly journal: { readonly file: string; readonly digest: string } | null;
  /** Who ran the program. */
  readonly callerArn: string;
  readonly exitCode: ExitCode;
  readonly warnings: readonly Warning[];
  /** By `ACCOUNT/REGION/POOL`. */
  readonly names: ReadonlyMap<string, ShownNames>;
}

const words = {
  policies: {
    applied: 'changed and verified',
    unchanged: 'right already',
    refused: 'refused',
    stale: 'changed by others since',
    failed: 'failed',
    unknown: 'not known',
    'not-started': 'not started',
  },
  rollback: {
    applied: 'undone and verified',
    unchanged: 'already undone',
    refused: 'refused',
    stale: 'changed by others since',
    failed: 'failed',
    unknown: 'not known',
    'not-started': 'not started',
  },
} as const satisfies Record<ApplyReport['origin'], Record<Outcome, string>>;

/** What is there meanwhile is what the policies want, so that nobody refused anything. */
const goesOn = 'rolling-out';
const rollingOut = 'rolling out';

export function outcomeWords(view: Pick<ApplyReport, 'origin'>, { outcome, code }: PoolOutcome): string {
  const word = words[view.origin][outcome];
  if (code === goesOn) return rollingOut;
  return code === null ? word : `${word}: ${code}`;
}

/** `3 of 5 pools changed and verified · 1 refused · 1 not started`, then why the rest was not started. */
export function applyResultInWords(view: ApplyReport): string {
  const { outcomes, origin, stop } = view;
  const total = outcomes.length;
  const count = (outcome: Outcome): number => outcomes.filter((each) => each.outcome === outcome).length;
  const waiting = outcomes.filter(({ code }) => code === goesOn).length;
  const left = (['unchanged', 'refused', 'stale', 'failed', 'unknown', 'not-started'] as const).map(
    (outcome) => [count(outcome) - (outcome === 'refused' ? waiting : 0), words[origin][outcome]] as const,
  );
  const others = [...left, [waiting, rollingOut] as const]
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${wholeNumber(number)} ${word}`);
  const done = `${wholeNumber(count('applied'))} of ${counted(total, 'pool')} ${words[origin].applied}`;
  return [done, ...others, ...(stop === null ? [] : [stopWords[stop]])].join(' · ');
}

const stopWords = {
  failures: 'stopped after too many failures in a row',
  declined: 'stopped when asked',
  interrupted: 'interrupted',
  journal: 'stopped, since the journal could not be written',
} as const;

/** Undone and changed pools need no more words; all others come first, since someone has to act on them. */
export function attentionFirst(outcomes: readonly PoolOutcome[]): readonly PoolOutcome[] {
  const isCalm = ({ outcome }: PoolOutcome): boolean => outcome === 'applied' || outcome === 'unchanged';
  return [...outcomes.filter((each) => !isCalm(each)), ...outcomes.filter(isCalm)];
}

/** What was written and verified, member by member. */
export function movesMade({ outcome, before, after, because }: PoolOutcome, masks: boolean): readonly Move[] {
  return outcome === 'applied' && before !== null && after !== null ? movesOf({ before, after, because }, masks) : [];
}
