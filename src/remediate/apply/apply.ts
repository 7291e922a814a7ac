/** Carrying out a plan: every pool is looked at first, the limits are held against what is left, and then it is done. */
import { placeKey } from '../../domain/model/observation.ts';
import { inOrderOfChange, limitChanges, limitUsers } from '../../domain/remediation/plan/limits.ts';
import type { ApplyResult, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Objection } from '../../domain/remediation/model/refusals.ts';
import type { RemediationSettings } from '../../domain/settings.ts';
import type { Look } from '../../ports/account-writer.ts';
import type { OrderRules } from './canary-order.ts';
import { makeChanges } from './carry-out.ts';
import { outcomeOf, type Concerned } from './pool-outcome.ts';
import { recordPreflight } from './record-preflight.ts';
import {
  outOfScope,
  preflightOf,
  type ApprovedChange,
  type NotReady,
  type PlanBasis,
  type Preflight,
} from './preflight.ts';
import type { ApplyPorts } from './make-change.ts';

export interface ApplyLimits extends Pick<RemediationSettings, 'maxChanges' | 'maxChangesPercent' | 'maxUsers'> {
  readonly byFlagAlone?: boolean;
}

/** A pool that is left as it is, and why. */
export interface LeftAlone {
  readonly pool: Concerned;
  readonly policies: readonly string[];
  readonly preflight: NotReady;
}

export interface ApplyOptions {
  readonly approved: readonly ApprovedChange[];
  /** What the plan goes by and has no change for. */
  readonly leftAlone: readonly LeftAlone[];
  readonly basis: PlanBasis;
  /** The first look at each pool, by `placeKey`. */
  readonly looks: ReadonlyMap<string, Look>;
  readonly ports: ApplyPorts;
  readonly order: OrderRules;
  readonly limits: ApplyLimits;
  /** How many pools were read for the plan. */
  readonly poolsRead: number;
  /** Asked before anything is changed or journaled. */
  begin(numbers: ApplyNumbers): Promise<boolean>;
}

/** What stands before the first question. */
export interface ApplyNumbers {
  /** Changes that would be made now, in their order. */
  readonly ready: readonly ApprovedChange[];
  /** What else was approved and is left as it is, or done already. */
  readonly others: readonly PoolOutcome[];
}

/** `null`: the first question was declined, and nothing was changed. */
export async function applyChanges(options: ApplyOptions): Promise<ApplyResult | null> {
  const { basis, ports, order } = options;
  if (order.signal.aborted) return { outcomes: [], stop: 'interrupted' };
  const { ready, rest } = limited(checked(options), options);
  const others = rest.map(({ pool, preflight }) => outcomeOf(pool, preflight));
  if (ready.length > 0 && !(await options.begin({ ready, others }))) return null;
  for (const { pool, policies, preflight } of rest) await recordPreflight(pool, policies, preflight, ports.journal);
  const made = await makeChanges(ready, basis, ports, order);
  return { ...made, outcomes: [...made.outcomes, ...others] };
}

interface Checked {
  readonly approved: ApprovedChange;
  readonly preflight: Preflight;
}

function checked({ approved, basis, looks, ports }: ApplyOptions): readonly Checked[] {
  return approved.flatMap((each) => {
    if (each.account === null) return [{ approved: each, preflight: outOfScope }];
    const look = looks.get(placeKey(each.change));
    const { trace } = ports.journal.traceOf(each.change);
    return look === undefined ? [] : [{ approved: each, preflight: preflightOf(each, trace, look, basis) }];
  });
}

/** Over a limit nothing goes, rather than a part; what an earlier run with this journal has changed counts too. */
function limited(
  all: readonly Checked[],
  { leftAlone, basis, limits, poolsRead }: ApplyOptions,
): { readonly ready: readonly ApprovedChange[]; readonly rest: readonly LeftAlone[] } {
  const rest = [
    ...all.flatMap(({ approved, preflight }) =>
      preflight.kind === 'ready' ? [] : [{ pool: approved.change, policies: approved.policies, preflight }],
    ),
    ...leftAlone,
  ];
  const done = rest.filter(({ preflight }) => preflight.kind === 'applied').length;
  const approved = all.flatMap((each) =>
    each.preflight.kind === 'ready' ? [{ ...each.approved, change: each.preflight.change }] : [],
  );
  const users = limitUsers(
    approved.map(({ change }) => change),
    limits.maxUsers,
  );
  const within = approved.filter(({ change }) => users.allowed.includes(change));
  const over = approved.filter(({ change }) => users.refused.includes(change));
  const count = limitChanges(within.length + done, poolsRead, limits);
  const stopped = [...over.flatMap(refusedBy(users.objection)), ...within.flatMap(refusedBy(count))];
  return { ready: count === null ? inOrder(within, basis) : [], rest: [...rest, ...stopped] };
}

function refusedBy(objection: Objection | null): (approved: ApprovedChange) => readonly LeftAlone[] {
  return ({ change, policies }) =>
    objection === null ? [] : [{ pool: change, policies, preflight: { kind: 'refused', ...objection } }];
}

/** By users as they are now; what is undone keeps the order of its plan, the newest first. */
function inOrder(approved: readonly ApprovedChange[], { origin }: PlanBasis): readonly ApprovedChange[] {
  if (origin === 'rollback') return approved;
  const byChange = new Map(approved.map((each) => [each.change, each]));
  return inOrderOfChange([...byChange.keys()]).flatMap((change) => byChange.get(change) ?? []);
}
