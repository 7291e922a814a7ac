/** How much one run may change. Over a limit nothing is written, rather than a part. */
import { flagOf, keyAndFlag } from '../../settings/names.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import { modeOf } from '../../model/mfa/mfa-state.ts';
import { byPlace } from '../../model/order.ts';
import { readingDifferences } from '../../model/mfa/config-diff.ts';
import type { Change } from '../model/plan.ts';
import type { Objection } from '../model/refusals.ts';

/** A percentage says something only of a fleet; below this many pools read it does not count. */
const percentCountsFrom = 10;

export interface ChangeLimits {
  readonly maxChanges: number;
  /** Of the pools read; `null`: an explicit number of changes has replaced it. */
  readonly maxChangesPercent: number | null;
  /** No configuration bounds it, as an undo: only a flag does. */
  readonly byFlagAlone?: boolean;
}

export interface UserLimit {
  /** Those that may go on, in their order. */
  readonly allowed: readonly Change[];
  /** All that disrupt users, where together they are over the limit. */
  readonly refused: readonly Change[];
  readonly objection: Objection | null;
}

/** Whether a change can keep users out: a disruptive one, and any that makes MFA required. */
export function disruptsUsers({ risk, before, after }: Pick<Change, 'risk' | 'before' | 'after'>): boolean {
  return risk === 'disruptive' || (modeOf(after) === 'ON' && modeOf(before) !== 'ON');
}

/** `maxUsers` bounds the sum of users at risk over all changes that disrupt them: all of those pass, or none. */
export function limitUsers(changes: readonly Change[], maxUsers: number): UserLimit {
  const disruptive = changes.filter(disruptsUsers);
  const users = disruptive.reduce((sum, change) => sum + change.usersAtRisk, 0);
  if (users <= maxUsers) return { allowed: changes, refused: [], objection: null };
  const harm = disruptive.some(({ readiness }) => readiness !== null) ? 'could lock out up to' : 'would touch';
  const message = `${counted(disruptive.length, 'disruptive change')} ${harm} ${counted(users, 'user')}; the limit is ${wholeNumber(maxUsers)}. Raise ${keyAndFlag('remediation.maxUsers')} if this is meant.`;
  return {
    allowed: changes.filter((change) => !disruptsUsers(change)),
    refused: disruptive,
    objection: { code: 'too-many-users', message },
  };
}

export interface OverLimit extends Objection {
  /** `30 changes, over maxChanges 25` */
  readonly inShort: string;
}

/** `null`: within both limits. `count` changes are those that would be written. */
export function limitChanges(count: number, poolsRead: number, limits: ChangeLimits): OverLimit | null {
  const { maxChanges, maxChangesPercent } = limits;
  const would = `Would change ${wholeNumber(count)} of ${counted(poolsRead, 'pool')}`;
  if (count > maxChanges) {
    const named = limits.byFlagAlone === true ? flagOf('remediation.maxChanges') : keyAndFlag('remediation.maxChanges');
    const message = `${would}; the limit is ${wholeNumber(maxChanges)}. Raise ${named} if this is meant.`;
    const inShort = `${counted(count, 'change')}, over maxChanges ${wholeNumber(maxChanges)}`;
    return { code: 'too-many-changes', message, inShort };
  }
  if (maxChangesPercent === null || poolsRead < percentCountsFrom) return null;
  if (count * 100 <= maxChangesPercent * poolsRead) return null;
  const percent = `${Math.ceil((count * 1000) / poolsRead) / 10} %`;
  const message = `${would} (${percent}); the limit is ${maxChangesPercent} %. Raise ${keyAndFlag('remediation.maxChangesPercent')} if this is meant.`;
  const inShort = `${counted(count, 'change')} in ${counted(poolsRead, 'pool')} (${percent}), over maxChangesPercent ${maxChangesPercent}`;
  return { code: 'too-many-changes', message, inShort };
}

/** By ascending users, so that a mistake shows where it hurts least; then by account, region and pool id. */
export function inOrderOfChange<Each extends Pick<Change, 'users' | 'accountId' | 'region' | 'poolId'>>(
  changes: readonly Each[],
): readonly Each[] {
  return [...changes].sort((a, b) => a.users - b.users || byPlace(a, b));
}

/** What makes two changes of one kind: the mode's way, and the set of paths. The first of each kind goes alone. */
export function kindOf({ before, after, because }: Pick<Change, 'before' | 'after' | 'because'>): string {
  const asked = because.length > 0 ? because : readingDifferences(before, after);
  const paths = [...new Set(asked.map(({ path }) => path))].sort();
  return `${modeOf(before)} → ${modeOf(after)}: ${paths.join(', ')}`;
}
