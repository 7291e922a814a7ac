/** Carrying out a plan: every pool is looked at first, the limits are held against what is left, and then it is done. */
import { inOrderOfChange, limitChanges, limitUsers } from '../../domain/remediation/plan/limits.ts';
import type { ApplyResult, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Objection } from '../../domain/remediation/model/refusals.ts';
import type { RemediationSettings } from '../../domain/settings.ts';
import { forEachOf } from '../../pacing/work/for-each-of.ts';
import type { Judging } from '../plan/fresh-plan.ts';
import type { OrderRules } from './canary-order.ts';
import { makeChanges, outcomeOf, type ApprovedChange } from './carry-out.ts';
import { recordPreflight } from './record-preflight.ts';
import { preflightOf, type Preflight } from './preflight.ts';
import type { ApplyPorts } from './write-change.ts';

export type ChangeLimits = Pick<RemediationSettings, 'maxChanges' | 'maxChangesPercent' | 'maxUsers'>;

export interface ApplyOptions {
  readonly approvals: readonly ApprovedChange[];
  readonly judging: Judging;
  readonly ports: ApplyPorts;
  readonly order: OrderRules;
  readonly limits: ChangeLimits;
  /** How many pools the plan's audit has read. */
  readonly poolsRead: number;
  /** Told of each pool that was looked at, before the question. */
  looked(): void;
  /** Asked before anything is changed or journaled. */
  begin(numbers: ApplyNumbers): Promise<boolean>;
}

/** What stands before the first question. */
export interface ApplyNumbers {
  /** Changes that would be made now, ascending by users. */
  readonly ready: readonly ApprovedChange[];
  /** What else was approved and is left as it is, or done already. */
  readonly others: readonly PoolOutcome[];
}

/** `null`: the first question was declined, and nothing was changed. */
export async function applyChanges(options: ApplyOptions): Promise<ApplyResult | null> {
  const { judging, ports, order } = options;
  const preflights = await preflightsOf(options);
  if (order.signal.aborted) return { outcomes: [], stop: 'interrupted' };
  const { ready, rest } = limited(preflights, options);
  const others = rest.map(({ approval, preflight }) => outcomeOf(approval.change, preflight));
  if (ready.length > 0 && !(await options.begin({ ready, others }))) return null;
  for (const { approval, preflight } of rest) await recordPreflight(approval.change, preflight, ports.journal);
  const made = await makeChanges(ready, judging, ports, order);
  return { ...made, outcomes: [...made.outcomes, ...others] };
}

interface Checked<Kind extends Preflight = Preflight> {
  readonly approval: ApprovedChange;
  readonly preflight: Kind;
}
type NotReady = Exclude<Preflight, { kind: 'ready' }>;

/** Pools that are looked at beside each other; their quotas say how fast. */
const looksAtOnce = 32;

async function preflightsOf(options: ApplyOptions): Promise<readonly Checked[]> {
  const { approvals, judging, ports, order } = options;
  const { pools, journal } = ports;
  const { signal } = order;
  const preflights = new Map<ApprovedChange, Preflight>();
  async function* each(): AsyncGenerator<ApprovedChange> {
    for (const approval of approvals) if (!signal.aborted) yield approval;
  }
  await forEachOf(each(), looksAtOnce, async (approval) => {
    const look = await pools.look(approval.change);
    const { trace } = journal.traceOf(approval.change);
    preflights.set(approval, preflightOf({ ...approval, trace }, look, judging));
    options.looked();
  });
  return approvals.flatMap((approval) => {
    const preflight = preflights.get(approval);
    return preflight === undefined ? [] : [{ approval, preflight }];
  });
}

/** Over a limit nothing goes, rather than a part; what an earlier run with this journal has changed counts too. */
function limited(
  preflights: readonly Checked[],
  { limits, poolsRead }: ApplyOptions,
): { readonly ready: readonly ApprovedChange[]; readonly rest: readonly Checked<NotReady>[] } {
  const rest = preflights.flatMap(({ approval, preflight }) =>
    preflight.kind === 'ready' ? [] : [{ approval, preflight }],
  );
  const done = rest.filter(({ preflight }) => preflight.kind === 'applied').length;
  const approved = preflights.flatMap(({ approval, preflight }) =>
    preflight.kind === 'ready' ? [{ ...approval, change: preflight.change }] : [],
  );
  const users = limitUsers(
    approved.map(({ change }) => change),
    limits.maxUsers,
  );
  const within = approved.filter(({ change }) => users.allowed.includes(change));
  const over = approved.filter(({ change }) => users.refused.includes(change));
  const count = limitChanges(within.length + done, poolsRead, limits);
  const stopped = [...over.map(refusedBy(users.objection)), ...(count === null ? [] : within.map(refusedBy(count)))];
  return { ready: count === null ? ascending(within) : [], rest: [...rest, ...stopped.flat()] };
}

function refusedBy(objection: Objection | null): (approval: ApprovedChange) => readonly Checked<NotReady>[] {
  return (approval) => (objection === null ? [] : [{ approval, preflight: { kind: 'refused', ...objection } }]);
}

function ascending(approvals: readonly ApprovedChange[]): readonly ApprovedChange[] {
  const byChange = new Map(approvals.map((approval) => [approval.change, approval]));
  return inOrderOfChange([...byChange.keys()]).flatMap((change) => byChange.get(change) ?? []);
}
