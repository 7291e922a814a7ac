/**
 * From observations to verdicts to the saved result: the one place where order is decided. In memory are the accounts,
 * the units and one unit's pools; all else streams through.
 */
import type { FailRule } from '../domain/result/fail-rule.ts';
import type { Account, Place, PoolObservation, Skip, UnitObservation } from '../domain/model/observation.ts';
import { compareTexts } from '../domain/model/order.ts';
import type { Gap, PoolRecord, Summary, UnitRecord } from '../domain/result/result.ts';
import type { ResultWriter } from './saved/store.ts';
import type { FinishedUnit } from '../run-directory/stored-unit.ts';
import type { UnitStore } from '../run-directory/unit-store.ts';
import { newTally } from './tally.ts';
import type { OpenGap } from '../reading/sink.ts';

/** A gap before anyone asked whether an exception accepts it. */
export interface Observed {
  /** By id. */
  readonly accounts: readonly Account[];
  readonly skippedAccounts: readonly Skip[];
  /** Ids of accounts that an interruption left unread, in part or whole. */
  readonly unfinishedAccounts: readonly string[];
  /** Of scope organization and account; those of regions and pools come with their observations. */
  readonly gaps: readonly OpenGap[];
  readonly store: Pick<UnitStore, 'units' | 'poolsOf'>;
}

/** The policies' part: pure functions, bound to one policy set and one moment. */
export interface Evaluator {
  pool(account: Account, region: string, pool: PoolObservation): EvaluatedPool;
  accept(gap: OpenGap, account: Account | null): Gap;
  /** Told of every account, of every region that it has, read or not, and of those that were not read to their end. */
  account(account: Account): void;
  region(region: string): void;
  unfinished(account: Account): void;
}

export interface EvaluatedPool {
  readonly record: PoolRecord;
  /** Of scope pool; those that an exception accepts say so. */
  readonly gaps: readonly Gap[];
}

/**
 * Judges every observed pool and writes the result's collections, each in its fixed order.
 *
 * @param rule which findings make exit code 2
 */
export async function assembleResult(
  observed: Observed,
  evaluator: Evaluator,
  rule: FailRule,
  writer: ResultWriter,
): Promise<Omit<Summary, 'api' | 'changes' | 'remediation'>> {
  const tally = newTally(observed, rule);
  const units = byAccount(observed.store.units(), ({ unit }) => unit.accountId);
  const skips = byAccount(observed.skippedAccounts, (skip) => skip.accountId);
  const unfinished = new Set(observed.unfinishedAccounts);
  const gaps = byAccount(observed.gaps, (gap) => gap.accountId);

  async function writeGap(gap: Gap): Promise<void> {
    tally.gap(gap);
    await writer.gap(gap);
  }

  async function writeUnit(account: Account, finished: FinishedUnit): Promise<void> {
    const { unit } = finished;
    await writer.unit(unitRecord(unit));
    if (unit.status !== 'skipped') evaluator.region(unit.region);
    if (unit.skipReason !== null) await writer.skip(regionSkip(unit, unit.skipReason));
    for (const poolId of finished.skippedPools.toSorted(compareTexts)) await writer.skip(deletedPool(unit, poolId));
    if (unit.failure !== null) await writeGap(evaluator.accept({ ...regionPlace(unit), ...unit.failure }, account));
    for (const pool of await observed.store.poolsOf(finished)) {
      const evaluated = evaluator.pool(account, unit.region, pool);
      tally.pool(evaluated.record);
      await writer.pool(evaluated.record);
      for (const gap of evaluated.gaps) await writeGap(gap);
    }
  }

  for (const gap of gaps.get(null) ?? []) await writeGap(evaluator.accept(gap, null));
  for (const account of observed.accounts) {
    evaluator.account(account);
    if (unfinished.has(account.id)) evaluator.unfinished(account);
    await writer.account(account);
    for (const skip of skips.get(account.id) ?? []) await writer.skip(skip);
    for (const gap of gaps.get(account.id) ?? []) await writeGap(evaluator.accept(gap, account));
    for (const finished of units.get(account.id) ?? []) await writeUnit(account, finished);
  }
  return tally.summary();
}

function unitRecord(unit: UnitObservation): UnitRecord {
  const { accountId, region, status, pools, readAt } = unit;
  return { accountId, region, status, reason: unit.skipReason ?? unit.failure?.code ?? null, pools, readAt };
}

function regionPlace({
  accountId,
  region,
}: UnitObservation): Place & { readonly scope: 'region'; readonly accountId: string } {
  return { scope: 'region', accountId, region, poolId: null };
}

function regionSkip(unit: UnitObservation, reason: Skip['reason']): Skip {
  return { ...regionPlace(unit), reason };
}

function deletedPool({ accountId, region }: UnitObservation, poolId: string): Skip {
  return { scope: 'pool', accountId, region, poolId, reason: 'pool-deleted' };
}

function byAccount<T, K>(items: readonly T[], accountOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(accountOf(item));
    if (group === undefined) groups.set(accountOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
