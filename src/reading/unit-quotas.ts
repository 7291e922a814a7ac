/** The quotas that reading one account in one region counts against: one bucket for each category. */
import { byName, poolReads, readQuotas, type FurtherReads, type ReadQuota } from '../domain/model/api/reads.ts';
import type { RequestLimits } from '../domain/settings.ts';
import type { Calls } from '../pacing/calls.ts';
import type { Quota } from '../pacing/quota.ts';

export type UnitQuotas = Readonly<Record<ReadQuota, Quota>>;

/** Requests a second that a run allows itself. */
export function paceOf({ quotas, quotaShare }: RequestLimits): Readonly<Record<ReadQuota, number>> {
  return byName(readQuotas, (category) => quotas[category] * quotaShare);
}

/** `pace`: requests a second that may be used of each. */
export function unitQuotas(
  calls: Calls,
  pace: Readonly<Record<ReadQuota, number>>,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  endpoint?: string,
): UnitQuotas {
  return byName(readQuotas, (category) =>
    calls.quota({ perSecond: pace[category], name: `${accountId}/${region}/${category}`, endpoint }),
  );
}

/** Requests of pools, by the quota that they count against. */
export type RequestCounts = Record<ReadQuota, number>;

export function noRequests(): RequestCounts {
  return { ...byName(readQuotas, () => 0) };
}

/** Counts what one pool takes. */
export function countPool(counts: RequestCounts, needed: FurtherReads): void {
  counts[poolReads.mfaConfig.quota] += 1;
  for (const read of needed) counts[poolReads[read].quota] += 1;
}
