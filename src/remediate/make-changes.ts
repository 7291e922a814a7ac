/** Carries approved changes out, one pool at a time or several, each from a look of its own, until all had their turn. */
import { kindOf } from '../domain/remediation/limits.ts';
import type { Deeds, PoolOutcome } from '../domain/remediation/outcome.ts';
import type { Change } from '../domain/remediation/plan.ts';
import type { Account } from '../domain/observation.ts';
import { backoffMs } from './backoff.ts';
import type { Judging } from './fresh-plan.ts';
import { inOrder, type Job, type JobEnd, type OrderRules } from './in-order.ts';
import { policiesOf, recordStanding } from './record-standing.ts';
import { standingOf, type Standing } from './standing.ts';
import { writeChange, type Tools, type Written } from './write-change.ts';

export interface Approval {
  readonly change: Change;
  /** `null`: left out by now. */
  readonly account: Account | null;
}

/** Others that write, and answers that get lost, are waited out; each try begins with a fresh look. */
export const mostTries = 6;

/** Changes go in the order given. */
export async function makeChanges(
  approvals: readonly Approval[],
  judging: Judging,
  tools: Tools,
  rules: OrderRules,
): Promise<Deeds> {
  const made = new Map<Approval, PoolOutcome>();
  const jobs = approvals.map((approval): Job => ({
    kind: kindOf(approval.change),
    async run() {
      const outcome = await makeChange(approval, judging, tools);
      made.set(approval, outcome);
      return endOf(outcome);
    },
  }));
  const stop = await inOrder(jobs, rules);
  const outcomes = approvals.map((approval) => made.get(approval) ?? notStarted(approval.change));
  return { outcomes, stop };
}

async function makeChange(approval: Approval, judging: Judging, tools: Tools): Promise<PoolOutcome> {
  const { change } = approval;
  for (let tries = 1; ; tries += 1) {
    const look = await tools.pools.look(change);
    const standing = standingOf({ ...approval, trace: tools.journal.traceOf(change).trace }, look, judging);
    if (standing.kind !== 'ready') {
      await recordStanding(change, standing, tools.journal);
      return outcomeOf(change, standing);
    }
    const written = await writeChange(
      { ...standing.change, policies: policiesOf(standing.change.because) },
      standing.userPool,
      tools,
    );
    if (written.outcome !== 'again' || tries === mostTries) return writtenOutcome(standing.change, written);
    await tools.clock.sleep(backoffMs(tries), tools.signal);
  }
}

/** What an outcome says of its kind. */
export function endOf({ outcome }: PoolOutcome): JobEnd {
  if (outcome === 'applied') return 'good';
  return outcome === 'failed' || outcome === 'unknown' ? 'bad' : 'idle';
}

/** What a change comes to that is not made. */
export function outcomeOf(change: Change, standing: Exclude<Standing, { kind: 'ready' }>): PoolOutcome {
  return {
    ...base(change),
    outcome: standing.kind,
    code: standing.kind === 'refused' ? standing.code : null,
    message: 'message' in standing ? standing.message : '',
    after: standing.kind === 'applied' ? standing.config : null,
  };
}

function writtenOutcome(change: Change, { outcome, message, after }: Written): PoolOutcome {
  return { ...base(change), outcome: outcome === 'again' ? 'failed' : outcome, code: null, message, after };
}

function notStarted(change: Change): PoolOutcome {
  return { ...base(change), outcome: 'not-started', code: null, message: '', after: null };
}

function base({ accountId, region, poolId, poolName, users, before, because }: Change) {
  return { accountId, region, poolId, poolName, users, before, because };
}
