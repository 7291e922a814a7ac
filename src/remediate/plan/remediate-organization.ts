/** What an audit may change by itself: drift of policies that say so, within the limits, every step journaled. */
import { placeKey } from '../../domain/model/observation.ts';
import { limitChanges, type OverLimit } from '../../domain/remediation/plan/limits.ts';
import type { ApplyResult, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Objection } from '../../domain/remediation/model/refusals.ts';
import type { PoolRecord } from '../../domain/result/result.ts';
import type { ApplyLimits } from '../apply/apply.ts';
import type { OrderRules } from '../apply/canary-order.ts';
import { makeChanges } from '../apply/carry-out.ts';
import { planFresh } from './fresh-plan.ts';
import { approvedOf, policyBasis } from './policy-basis.ts';
import {
  accountsOf,
  planOrganization,
  withAllRefused,
  type OrganizationPlan,
  type PlanOptions,
} from './plan-organization.ts';
import { measuredLooks } from './measured-looks.ts';
import type { Remediated } from '../apply/remediated-result.ts';
import { recoverInterrupted } from '../apply/recover-interrupted.ts';
import type { ApplyPorts } from '../apply/make-change.ts';

export interface RemediateOptions extends Omit<PlanOptions, 'pools' | 'limits' | 'signal'> {
  readonly ports: ApplyPorts;
  readonly order: OrderRules;
  readonly limits: ApplyLimits;
  readonly poolsRead: number;
  /** Why nothing at all may be written; `null`: it may. */
  readonly forbidden: Objection | null;
  /** Told how many pools will be changed, before the first of them. */
  begins(pools: number): Promise<void>;
}

export interface Remediation extends Remediated {
  readonly stop: ApplyResult['stop'];
  /** Of every pool that something was wanted of, by `placeKey`. */
  readonly names: OrganizationPlan['names'];
  /** A limit on the number of changes has stopped all of them. */
  readonly overLimit: OverLimit | null;
}

export async function remediateOrganization(options: RemediateOptions): Promise<Remediation> {
  const { result, context, ports, measure, order, limits, poolsRead, forbidden } = options;
  const earlier = forbidden === null ? await recoverInterrupted(ports) : [];
  const accounts = await accountsOf(result);
  const plan = await planOrganization({
    result,
    context,
    pools: ports.pools,
    measure,
    limits,
    signal: order.signal,
  });
  const changed = earlier.filter(({ outcome }) => outcome === 'applied').length;
  const overLimit = limitChanges(plan.changes.length + changed, poolsRead, limits);
  const objection = forbidden ?? (plan.changes.length > 0 ? overLimit : null);
  const { changes, refused, fixes, readiness, names } = objection === null ? plan : withAllRefused(plan, objection);
  const approved = changes.map((change) => approvedOf(change, accounts.get(change.accountId) ?? null));
  if (approved.length > 0) await options.begins(approved.length);
  const pools = measuredLooks(ports.pools, context, ({ accountId }) => accounts.get(accountId) ?? null, measure);
  const made = await makeChanges(approved, policyBasis(context), { ...ports, pools }, order);
  const outcomes = lastOfEach([...earlier, ...made.outcomes]);
  return {
    fixes,
    refused,
    readiness,
    outcomes,
    names,
    journal: ports.journal.file,
    stop: order.signal.aborted ? 'interrupted' : made.stop,
    overLimit: objection === overLimit ? overLimit : null,
    records: await recordsNow(outcomes, options, accounts),
  };
}

/** A pool that an earlier start left undone may have had its turn now. */
function lastOfEach(outcomes: readonly PoolOutcome[]): readonly PoolOutcome[] {
  return [...new Map(outcomes.map((outcome) => [placeKey(outcome), outcome])).values()];
}

/** Pools that were written are read once more, so that the result says how they are and not how they were. */
async function recordsNow(
  outcomes: readonly PoolOutcome[],
  { context, ports }: RemediateOptions,
  accounts: Awaited<ReturnType<typeof accountsOf>>,
): Promise<ReadonlyMap<string, PoolRecord>> {
  const records = new Map<string, PoolRecord>();
  for (const outcome of outcomes) {
    const account = accounts.get(outcome.accountId);
    if (outcome.outcome !== 'applied' || account === undefined) continue;
    const look = await ports.pools.look(outcome);
    if (look.kind === 'gone') continue;
    const fresh = planFresh(context, { ...outcome, account }, look);
    if (!('unplanned' in fresh)) records.set(placeKey(outcome), fresh.verdict.record);
  }
  return records;
}
