/** From a result to everything that could be changed, and why the rest could not: each drifting pool is read again. */
import { forEachOf } from '../../pacing/work/for-each-of.ts';
import { findingId } from '../../domain/verdict/finding-id.ts';
import { type Account, placeKey, type PoolPlace } from '../../domain/model/observation.ts';
import { byPlace } from '../../domain/model/order.ts';
import type { RequestOutcome } from '../../domain/remediation/request/requested-changes.ts';
import { inOrderOfChange, limitUsers, type UserLimit } from '../../domain/remediation/plan/limits.ts';
import type { Change, RefusedChange } from '../../domain/remediation/model/plan.ts';
import type { Objection } from '../../domain/remediation/model/refusals.ts';
import type { ReadinessRecord } from '../../domain/readiness/record.ts';
import type { WantedState } from '../../domain/patch/wanted-state.ts';
import type { FixRecord, PoolRecord, Result } from '../../domain/result/result.ts';
import type { RemediationSettings } from '../../domain/settings.ts';
import { measuredLooks, type MeasureReadiness } from './measured-looks.ts';
import { planFresh, type FreshPlan, type PlanContext, type Unplanned } from './fresh-plan.ts';
import type { PoolReads } from '../../ports/account-writer.ts';

/** A pool of the plan, by its names. */
export type PlannedPool = Pick<PoolRecord, 'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName'>;

export interface OrganizationPlan {
  /** Ascending by users. */
  readonly changes: readonly Change[];
  /** By account, region and pool id. */
  readonly refused: readonly RefusedChange[];
  /** What becomes of findings, by their id. */
  readonly fixes: ReadonlyMap<string, FixRecord>;
  /** Of pools whose users were asked, by `placeKey`. */
  readonly readiness: ReadonlyMap<string, ReadinessRecord>;
  /** Names of all pools of `changes` and `refused`, by `placeKey`. */
  readonly names: ReadonlyMap<string, PlannedPool>;
  /** What can be written at its source, changed here or refused; by account, region and pool id. */
  readonly wanted: readonly WantedState[];
}

export interface PlanOptions {
  readonly result: Result;
  readonly context: PlanContext;
  readonly pools: PoolReads;
  readonly measure: MeasureReadiness;
  readonly limits: Pick<RemediationSettings, 'maxUsers'>;
  readonly signal: AbortSignal;
}

/** Pools that are looked at beside each other; their quotas say how fast. */
const looksAtOnce = 32;

/** Resolves early, with less, when the signal aborts. */
export async function planOrganization({
  result,
  context,
  pools,
  measure,
  limits,
  signal,
}: PlanOptions): Promise<OrganizationPlan> {
  const accounts = await accountsOf(result);
  const looks = measuredLooks(pools, context, ({ accountId }) => accounts.get(accountId) ?? null, measure);
  const planned: Planned[] = [];
  await forEachOf(drifting(result, accounts, signal), looksAtOnce, async ({ record, account }) => {
    const { accountId, accountName, region, poolId, poolName, codeEvent } = record;
    const pool: PlannedPool = { accountId, accountName, region, poolId, poolName };
    // Whom another tool manages is refused: nobody needs to be asked.
    const isAsked = codeEvent === undefined || context.rules.includeManaged;
    const look = await (isAsked ? looks : pools).look(pool);
    if (look.kind === 'seen')
      planned.push(plannedPool(pool, planFresh(context, { ...pool, account, codeEvent }, look)));
  });
  return withinUserLimit(planned, limits.maxUsers);
}

interface Planned {
  readonly pool: PlannedPool;
  readonly change: Change | null;
  readonly refused: Omit<RefusedChange, keyof PoolPlace> | null;
  readonly outcomes: readonly RequestOutcome[];
  readonly wanted: WantedState | null;
}

function plannedPool(pool: PlannedPool, fresh: FreshPlan | Unplanned): Planned {
  const unplanned = { pool, change: null, refused: null, outcomes: [], wanted: null };
  if ('unplanned' in fresh)
    return { ...unplanned, refused: { code: 'undescribed', message: fresh.unplanned, readiness: null } };
  const { plan, wanted } = fresh;
  const nothing = { ...unplanned, wanted };
  switch (plan.kind) {
    case 'nothing':
      return nothing;
    case 'change':
      return { ...nothing, change: plan.change, outcomes: plan.outcomes };
    case 'refused':
      return {
        ...nothing,
        refused: { code: plan.refusal.code, message: plan.refusal.message, readiness: plan.readiness },
        outcomes: plan.outcomes,
      };
  }
}

/** By id. */
export async function accountsOf(result: Result): Promise<ReadonlyMap<string, Account>> {
  const accounts = new Map<string, Account>();
  for await (const account of result.accounts()) accounts.set(account.id, account);
  return accounts;
}

export interface Drifting {
  readonly record: PoolRecord;
  readonly account: Account;
}

/** Pools that drift in what some policy says. What is not known, or excused altogether, is not touched. */
export async function* drifting(
  result: Result,
  accounts: ReadonlyMap<string, Account>,
  signal: AbortSignal,
): AsyncGenerator<Drifting> {
  for await (const record of result.pools()) {
    if (signal.aborted) return;
    const account = accounts.get(record.accountId);
    const drifts = record.findings.some(({ status, policy }) => status === 'drift' && policy !== null);
    if (account !== undefined && record.status !== 'unreadable' && drifts) yield { record, account };
  }
}

function withinUserLimit(planned: readonly Planned[], maxUsers: number): OrganizationPlan {
  const limit = limitUsers(
    planned.flatMap(({ change }) => change ?? []),
    maxUsers,
  );
  const limited = planned.map((each) => overLimit(each, limit));
  const refused = limited.flatMap(({ pool, refused: why }) => (why === null ? [] : [{ ...placeOf(pool), ...why }]));
  return {
    changes: inOrderOfChange(limited.flatMap(({ change }) => change ?? [])),
    refused: refused.sort(byPlace),
    fixes: new Map(limited.flatMap(fixesOf)),
    readiness: new Map(limited.flatMap(readinessIn)),
    names: new Map(limited.map(({ pool }) => [placeKey(pool), pool])),
    wanted: limited.flatMap(({ wanted }) => wanted ?? []).sort(byPlace),
  };
}

/** The same plan where a rule forbids to write anything: every change is refused by it. */
export function withAllRefused(plan: OrganizationPlan, { code, message }: Objection): OrganizationPlan {
  const stopped = plan.changes.map(({ readiness, ...change }) => ({ ...placeOf(change), code, message, readiness }));
  const fixes = new Map([...plan.fixes].map(([id, fix]) => [id, { ...fix, refused: fix.refused ?? code }]));
  return { ...plan, changes: [], refused: [...plan.refused, ...stopped].sort(byPlace), fixes };
}

function overLimit(planned: Planned, { refused, objection }: UserLimit): Planned {
  if (objection === null || planned.change === null || !refused.includes(planned.change)) return planned;
  const outcomes = planned.outcomes.map((outcome) => ({ ...outcome, refused: outcome.refused ?? objection.code }));
  const { readiness } = planned.change;
  return { ...planned, change: null, refused: { ...objection, readiness }, outcomes };
}

function fixesOf({ pool, outcomes }: Planned): readonly (readonly [string, FixRecord])[] {
  const { accountId, region, poolId } = pool;
  return outcomes.map(({ policy, path, risk, refused, isRollingOut }) => [
    findingId(accountId, region, poolId, policy, path),
    { risk, refused, status: isRollingOut ? 'rolling-out' : null },
  ]);
}

function readinessIn({ pool, change, refused }: Planned): readonly (readonly [string, ReadinessRecord])[] {
  const readiness = change?.readiness ?? refused?.readiness ?? null;
  return readiness === null ? [] : [[placeKey(pool), readiness]];
}

function placeOf({ accountId, region, poolId }: PoolPlace): PoolPlace {
  return { accountId, region, poolId };
}
