/** Carries approved changes out, one pool at a time or several, each from a look of its own, until all had their turn. */
import { kindOf } from '../../domain/remediation/plan/limits.ts';
import type { ApplyResult, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import type { Account } from '../../domain/model/observation.ts';
import { backoffMs } from '../../pacing/backoff.ts';
import type { Judging } from '../plan/fresh-plan.ts';
import { unjournaled, type JournalError } from '../journal/journal.ts';
import { inOrder, type Job, type JobEnd, type OrderRules } from './canary-order.ts';
import { policiesOf, recordPreflight } from './record-preflight.ts';
import { preflightOf, type Preflight } from './preflight.ts';
import { writeChange, type ApplyPorts, type WriteResult } from './write-change.ts';

export interface ApprovedChange {
  readonly change: Change;
  /** `null`: left out by now. */
  readonly account: Account | null;
}

/** Others that write, and answers that get lost, are waited out; each try begins with a fresh look. */
export const mostTries = 6;

/** Changes go in the order given. */
export async function makeChanges(
  approvals: readonly ApprovedChange[],
  judging: Judging,
  ports: ApplyPorts,
  rules: OrderRules,
): Promise<ApplyResult> {
  const made = new Map<ApprovedChange, PoolOutcome>();
  const halts: JournalError[] = [];
  const jobs = approvals.map((approval): Job => ({
    kind: kindOf(approval.change),
    async run() {
      const { outcome, halt } = await makeChange(approval, judging, ports);
      made.set(approval, outcome);
      if (halt !== null) halts.push(halt);
      return halt === null ? endOf(outcome) : 'halt';
    },
  }));
  const stop = await inOrder(jobs, rules);
  requireBegun(halts, made.values());
  const outcomes = approvals.map((approval) => made.get(approval) ?? notStarted(approval.change));
  return { outcomes, stop };
}

/** What was done to a pool, and what kept the journal from having it. */
export interface Done {
  readonly outcome: PoolOutcome;
  readonly halt: JournalError | null;
}

/** Throws the journal's error where it took no intent, so that no call was made. */
export function requireBegun(halts: readonly JournalError[], outcomes: Iterable<PoolOutcome>): void {
  const [halt] = halts;
  if (halt !== undefined && [...outcomes].every((each) => endOf(each) === 'idle')) throw halt;
}

async function makeChange(approval: ApprovedChange, judging: Judging, ports: ApplyPorts): Promise<Done> {
  const { change } = approval;
  for (let tries = 1; ; tries += 1) {
    const look = await ports.pools.look(change);
    const preflight = preflightOf({ ...approval, trace: ports.journal.traceOf(change).trace }, look, judging);
    if (preflight.kind !== 'ready') {
      const halt = await unjournaled(() => recordPreflight(change, preflight, ports.journal));
      return { outcome: outcomeOf(change, preflight), halt };
    }
    const written = await writeChange(
      { ...preflight.change, policies: policiesOf(preflight.change.because) },
      preflight.userPool,
      ports,
    );
    const { halt } = written;
    if (written.outcome !== 'again' || halt !== null || tries === mostTries)
      return { outcome: writtenOutcome(preflight.change, written), halt };
    await ports.clock.sleep(backoffMs(tries), ports.signal);
  }
}

/** What an outcome says of its kind. */
export function endOf({ outcome }: PoolOutcome): JobEnd {
  if (outcome === 'applied') return 'good';
  return outcome === 'failed' || outcome === 'unknown' ? 'bad' : 'idle';
}

/** What a change comes to that is not made. */
export function outcomeOf(change: Change, preflight: Exclude<Preflight, { kind: 'ready' }>): PoolOutcome {
  return {
    ...base(change),
    outcome: preflight.kind,
    code: preflight.kind === 'refused' ? preflight.code : null,
    message: 'message' in preflight ? preflight.message : '',
    after: preflight.kind === 'applied' ? preflight.config : null,
  };
}

function writtenOutcome(change: Change, { outcome, message, after }: WriteResult): PoolOutcome {
  return { ...base(change), outcome: outcome === 'again' ? 'failed' : outcome, code: null, message, after };
}

function notStarted(change: Change): PoolOutcome {
  return { ...base(change), outcome: 'not-started', code: null, message: '', after: null };
}

function base({ accountId, region, poolId, poolName, users, risk, before, because }: Change) {
  return { accountId, region, poolId, poolName, users, risk, before, because };
}
