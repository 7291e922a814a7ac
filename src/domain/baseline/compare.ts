/** How a result stands against an earlier one: what is new, what persists and since when, what is resolved and why. */
import { byPlace } from '../model/order.ts';
import type { EarlierFinding, PoolRecord, ResolvedFinding, Result } from '../result/result.ts';
import { comparePool } from './compare-pool.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import { earlierPools, type EarlierPool } from './earlier-pools.ts';
import { joinSorted } from './join-sorted.ts';
import { policyKinship } from './resolution.ts';

export type Compared =
  | { readonly kind: 'pool'; readonly record: PoolRecord }
  | { readonly kind: 'resolved'; readonly record: ResolvedFinding }
  | { readonly kind: 'unseen'; readonly record: EarlierFinding };

/**
 * Every pool of the result, and the baseline's findings that it does not have any more, each kind in the result's order.
 * Both results are read once, side by side, so memory stays flat.
 *
 * @param baseline `null`: there is none yet, and every finding is new
 */
export async function* compare(result: Result, baseline: Result | null): AsyncGenerator<Compared, void, void> {
  for await (const { now, resolved, unseen } of comparedPools(result, baseline)) {
    if (now !== null) yield { kind: 'pool', record: now };
    for (const record of resolved) yield { kind: 'resolved', record };
    for (const record of unseen) yield { kind: 'unseen', record };
  }
}

/** A pool of either result, in both. */
export interface PoolOfBoth {
  /** Compared; `null`: the result does not have it. */
  readonly now: PoolRecord | null;
  /** `null`: the baseline does not know it. */
  readonly before: EarlierPool | null;
  /** It is not there any more, for certain. */
  readonly isGone: boolean;
  readonly resolved: readonly ResolvedFinding[];
  readonly unseen: readonly EarlierFinding[];
}

export async function* comparedPools(result: Result, baseline: Result | null): AsyncGenerator<PoolOfBoth, void, void> {
  const coverage = await coverageOf(result);
  const runs = { now: result.head.run.startedAt, before: baseline?.head.run.startedAt ?? null };
  const kinship = policyKinship(result.head, (baseline ?? result).head);
  const earlier = baseline === null ? nothing() : earlierPools(baseline);
  for await (const { left: now, right: before } of joinSorted(result.pools(), earlier, byPlace)) {
    if (now !== null) {
      const { pool, resolved, unseen } = comparePool(now, before, kinship, runs);
      yield { now: pool, before, isGone: false, resolved, unseen };
    } else if (before !== null) yield absent(before, coverage);
  }
}

async function* nothing(): AsyncGenerator<EarlierPool, void, void> {}

/** A pool that this run does not have is gone only where the run has listed every pool there is, or its account has left. */
function absent(before: EarlierPool, coverage: Coverage): PoolOfBoth {
  const hasLeft = coverage.hasLeft(before.accountId);
  const isGone = hasLeft || coverage.isListed(before.accountId, before.region) || coverage.isDeleted(before);
  const reason = hasLeft ? 'account-left' : 'pool-gone';
  const findings = [...before.findings.values()];
  const drift = findings.filter(({ status }) => status === 'drift');
  const isHandedOn = !isGone && coverage.handsOn(before.accountId);
  return {
    now: null,
    before,
    isGone,
    resolved: isGone ? drift.map((finding) => ({ ...finding, reason })) : [],
    unseen: isHandedOn ? findings : [],
  };
}
