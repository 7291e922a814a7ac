/** What about a pool could not be judged, in words and with the way out. */
import { actionOf, furtherReads, poolReads, type FurtherRead } from '../model/api/reads.ts';
import { gapMeanings, type Failure, type GapCode, type Place } from '../model/observation.ts';
import { configFlaw, type Missing, type Subject } from '../model/subject.ts';

export type PoolGap = Place & Failure;

/** Something that asks, and what it could not be told. */
export interface Doubt {
  /** Such as `policy prod-customers`. */
  readonly asker: string;
  readonly missing: Missing;
}

/** Nothing is missing where the answer is known. */
export function doubtsOf(asker: string, missing: readonly (Missing | null)[]): readonly Doubt[] {
  return missing.flatMap((one) => (one === null ? [] : [{ asker, missing: one }]));
}

/** The gap of a pool whose own configuration is not known. */
export function configGap({ account, region, pool }: Subject): PoolGap {
  const place: Place = { scope: 'pool', accountId: account.id, region, poolId: pool.poolId };
  if (!pool.mfaConfig.read) return { ...place, ...pool.mfaConfig.failure };
  const flaw = configFlaw(pool.mfaConfig.value) ?? 'it could not be judged';
  return {
    ...place,
    code: 'malformed',
    message: `${actionOf('mfaConfig')}: ${flaw}`,
    remedy: gapMeanings.malformed.help,
  };
}

/** One gap for all doubts of a kind: what could not be read, and who asked. */
export function doubtGap(code: GapCode, doubts: readonly Doubt[], subject: Subject): PoolGap {
  const { account, region, pool } = subject;
  const askers = [...new Set(doubts.map(({ asker }) => asker))].sort();
  const unread = [...new Set(doubts.map(({ missing }) => missing.what))].sort();
  const failures = [...new Set(doubts.flatMap(({ missing }) => (missing.failure === null ? [] : [missing.failure])))];
  const reasons = failures.map(({ message }) => ` (${message})`);
  const remedies = [...new Set(failures.map(({ remedy }) => remedy))];
  return {
    scope: 'pool',
    accountId: account.id,
    region,
    poolId: pool.poolId,
    code,
    message: `Not known and asked for by ${askers.join(', ')}: ${unread.join(', ')}${[...new Set(reasons)].join('')}`,
    remedy: remedies.length > 0 ? remedies.join(' ') : remedyFor(unread, subject),
  };
}

function remedyFor(unread: readonly string[], { fromResult }: Subject): string {
  if (fromResult === true) return 'Audit again with these policies: the saved result does not hold what they ask for.';
  if (unread.some((what) => what.includes('account'))) {
    return 'Let the caller read Organizations (ListAccounts, ListTagsForResource, ListParents), or select by account id.';
  }
  const named = furtherReads.filter((read) => unread.some((what) => what.includes(poolReads[read].request)));
  const reads: readonly FurtherRead[] = named.length === 0 ? ['userPool'] : named;
  return `Allow ${reads.map(actionOf).join(' and ')} for the audit role.`;
}
