/** Carrying out a plan: every pool is looked at first, the limits are held against what is left, and then it is done. */
import { inOrderOfChange, limitChanges, limitUsers } from '../../domain/remediation/plan/limits.ts';
import type { ApplyResult, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Objection } from '../../domain/remediation/model/refusals.ts';
import type { RemediationSettings } from '../../domain/settings.ts';
import { forEachOf } from '../../pacing/work/for-each-of.ts';
import type { Judging } from '../plan/fresh-plan.ts';
import type { OrderRules } from './canary-order.ts';
import { makeChanges, outcomeOf, type Approval } from './carry-out.ts';
import { recordStanding } from './record-preflight.ts';
import { standingOf, type Standing } from './preflight.ts';
import type { Tools } from './write-change.ts';

export type Limits = Pick<RemediationSettings, 'maxChanges' | 'maxChangesPercent' | 'maxUsers'>;

export interface ApplyOptions {
  readonly approvals: readonly Approval[];
  readonly judging: Judging;
  readonly tools: Tools;
  readonly order: OrderRules;
  readonly limits: Limits;
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
  readonly ready: readonly Approval[];
  /** What else was approved and is left as it is, or done already. */
  readonly others: readonly PoolOutcome[];
}

/** `null`: the first question was declined, and nothing was changed. */
export async function applyChanges(options: ApplyOptions): Promise<ApplyResult | null> {
  const { judging, tools, order } = options;
  const standings = await standingsOf(options);
  if (order.signal.aborted) return { outcomes: [], stop: 'interrupted' };
  const { ready, rest } = limited(standings, options);
  const others = rest.map(({ approval, standing }) => outcomeOf(approval.change, standing));
  if (ready.length > 0 && !(await options.begin({ ready, others }))) return null;
  for (const { approval, standing } of rest) await recordStanding(approval.change, standing, tools.journal);
  const made = await makeChanges(ready, judging, tools, order);
  return { ...made, outcomes: [...made.outcomes, ...others] };
}

interface Stands<Kind extends Standing = Standing> {
  readonly approval: Approval;
  readonly standing: Kind;
}
type Resting = Exclude<Standing, { kind: 'ready' }>;

/** Pools that are looked at beside each other; their quotas say how fast. */
const looksAtOnce = 32;

async function standingsOf(options: ApplyOptions): Promise<readonly Stands[]> {
  const { approvals, judging, tools, order } = options;
  const { pools, journal } = tools;
  const { signal } = order;
  const standings = new Map<Approval, Standing>();
  async function* each(): AsyncGenerator<Approval> {
    for (const approval of approvals) if (!signal.aborted) yield approval;
  }
  await forEachOf(each(), looksAtOnce, async (approval) => {
    const look = await pools.look(approval.change);
    const { trace } = journal.traceOf(approval.change);
    standings.set(approval, standingOf({ ...approval, trace }, look, judging));
    options.looked();
  });
  return approvals.flatMap((approval) => {
    const standing = standings.get(approval);
    return standing === undefined ? [] : [{ approval, standing }];
  });
}

/** Over a limit nothing goes, rather than a part; what an earlier run with this journal has changed counts too. */
function limited(
  standings: readonly Stands[],
  { limits, poolsRead }: ApplyOptions,
): { readonly ready: readonly Approval[]; readonly rest: readonly Stands<Resting>[] } {
  const rest = standings.flatMap(({ approval, standing }) =>
    standing.kind === 'ready' ? [] : [{ approval, standing }],
  );
  const done = rest.filter(({ standing }) => standing.kind === 'applied').length;
  const approved = standings.flatMap(({ approval, standing }) =>
    standing.kind === 'ready' ? [{ ...approval, change: standing.change }] : [],
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

function refusedBy(objection: Objection | null): (approval: Approval) => readonly Stands<Resting>[] {
  return (approval) => (objection === null ? [] : [{ approval, standing: { kind: 'refused', ...objection } }]);
}

function ascending(approvals: readonly Approval[]): readonly Approval[] {
  const byChange = new Map(approvals.map((approval) => [approval.change, approval]));
  return inOrderOfChange([...byChange.keys()]).flatMap((change) => byChange.get(change) ?? []);
}
