/** A result with who changed its pools: what was found out now, and what the baseline knew. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDrift, withCause } from '../domain/baseline/causes.ts';
import { earlierPools, type EarlierPool } from '../domain/baseline/earlier-pools.ts';
import { joinSorted } from '../domain/baseline/join-sorted.ts';
import { changeTimeOf } from '../domain/blame/drifting-pool.ts';
import { placeKey } from '../domain/model/observation.ts';
import { byPlace } from '../domain/model/order.ts';
import type { PoolRecord, Result } from '../domain/result/result.ts';
import type { Warning } from '../domain/result/warning.ts';
import type { RequestLimits } from '../domain/settings.ts';
import { counted, wholeNumber } from '../number-format.ts';
import type { Causes, DriftingUnit } from '../reading/blame/find-causes.ts';
import { openLineFile } from './ndjson-file.ts';

/** What a policy finds wrong; that none matches a pool is nobody's change of it. */
export async function* driftingUnits({ pools }: Pick<Result, 'pools'>): AsyncGenerator<DriftingUnit, void, void> {
  let unit: { accountId: string; region: string; pools: DriftingUnit['pools'][number][] } | null = null;
  for await (const { accountId, region, poolId, observedAt, findings, userPool } of pools()) {
    const paths = findings.filter(isDrift).map(({ path }) => path);
    if (paths.length === 0) continue;
    if (unit !== null && (unit.accountId !== accountId || unit.region !== region)) {
      yield unit;
      unit = null;
    }
    unit ??= { accountId, region, pools: [] };
    unit.pools.push({ poolId, observedAt, paths, changedAt: changeTimeOf(userPool) });
  }
  if (unit !== null) yield unit;
}

/**
 * Writes the pools to `folder`, which must stay as long as the result that this resolves with is read.
 *
 * @param causes `null`: nobody asked
 */
export async function causedResult(
  result: Result,
  causes: Causes | null,
  baseline: Result | null,
  folder: string,
): Promise<Result> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pools = openLineFile<PoolRecord>(join(folder, 'pools.ndjson'));
  const runs = { now: result.head.run.startedAt, before: baseline?.head.run.startedAt ?? null };
  const earlier = baseline === null ? none() : earlierPools(baseline);
  for await (const { left: pool, right: before } of joinSorted(result.pools(), earlier, byPlace)) {
    if (pool === null) continue;
    const key = placeKey(pool);
    const found = { blame: causes?.blames.get(key) ?? null, codeEvent: causes?.codeEvents.get(key) ?? null };
    await pools.write(withCause(pool, found, before, runs));
  }
  await pools.close();
  return { ...result, pools: () => pools.records() };
}

/** What keeps pools from having an author, once for all of them; that nobody knows more is no warning. */
export function causeWarnings({ blames }: Causes, { lookupPages }: RequestLimits): readonly Warning[] {
  const reasons = new Map<string, number>();
  let capped = 0;
  for (const { outcome, failure } of blames.values()) {
    if (outcome === 'capped') capped += 1;
    const reason = failure === null ? null : `${failure.code}. ${failure.remedy}`;
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const unread = [...reasons].map(([reason, pools]) =>
    warning('blame-unread', `CloudTrail could not be asked about ${counted(pools, 'pool')} with drift: ${reason}`),
  );
  if (capped === 0) return unread;
  const events = wholeNumber(lookupPages * 50);
  const message = `Of ${counted(capped, 'pool')} with drift the last change is not among the newest ${events} events of a kind in its account and region: raise limits.lookupPages (${lookupPages}).`;
  return [...unread, warning('blame-capped', message)];
}

function warning(code: Warning['code'], message: string): Warning {
  return { code, message, file: null, line: null };
}

async function* none(): AsyncGenerator<EarlierPool, void, void> {}
