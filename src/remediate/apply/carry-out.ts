/** Carries approved changes out, one pool at a time or several, each from a look of its own, until all had their turn. */
import { kindOf } from '../../domain/remediation/plan/limits.ts';
import type { ApplyResult, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { JournalError } from '../journal/journal.ts';
import { inOrder, type Job, type JobEnd, type OrderRules } from './canary-order.ts';
import { makeChange, type ApplyPorts } from './make-change.ts';
import { notStarted } from './pool-outcome.ts';
import type { ApprovedChange, PlanBasis } from './preflight.ts';

/** Changes go in the order given. */
export async function makeChanges(
  changes: readonly ApprovedChange[],
  basis: PlanBasis,
  ports: ApplyPorts,
  rules: OrderRules,
): Promise<ApplyResult> {
  const made = new Map<ApprovedChange, PoolOutcome>();
  const halts: JournalError[] = [];
  const jobs = changes.map((approved): Job => ({
    kind: kindOf(approved.change),
    async run() {
      const { outcome, halt } = await makeChange({ approved, basis }, ports);
      made.set(approved, outcome);
      if (halt !== null) halts.push(halt);
      return halt === null ? endOf(outcome) : 'halt';
    },
  }));
  const stop = await inOrder(jobs, rules);
  requireBegun(halts, made.values());
  const outcomes = changes.map((approved) => made.get(approved) ?? notStarted(approved.change));
  return { outcomes, stop };
}

/** Throws the journal's error where it took no intent, so that no call was made. */
function requireBegun(halts: readonly JournalError[], outcomes: Iterable<PoolOutcome>): void {
  const [halt] = halts;
  if (halt !== undefined && [...outcomes].every((each) => endOf(each) === 'idle')) throw halt;
}

/** What an outcome says of its kind. */
function endOf({ outcome }: PoolOutcome): JobEnd {
  if (outcome === 'applied') return 'good';
  return outcome === 'failed' || outcome === 'unknown' ? 'bad' : 'idle';
}
