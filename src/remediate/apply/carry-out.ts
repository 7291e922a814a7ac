/** Carries approved changes out, one pool at a time or several, each from a look of its own, until all had their turn. */
import { kindOf } from '../../domain/remediation/plan/limits.ts';
import type { ApplyResult, PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import { backoffMs } from '../../pacing/backoff.ts';
import { unjournaled, type JournalError } from '../journal/journal.ts';
import { inOrder, type Job, type JobEnd, type OrderRules } from './canary-order.ts';
import { recordPreflight } from './record-preflight.ts';
import { preflightOf, type ApprovedChange, type NotReady, type PlanBasis } from './preflight.ts';
import { writeChange, type ApplyPorts, type WriteResult } from './write-change.ts';

/** What an outcome says of a pool, whatever was done to it. */
export type Concerned = Pick<
  PoolOutcome,
  'accountId' | 'region' | 'poolId' | 'poolName' | 'users' | 'risk' | 'before' | 'because'
>;

/** Others that write, and answers that get lost, are waited out; each try begins with a fresh look. */
const mostTries = 6;

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
      const { outcome, halt } = await makeChange(approved, basis, ports);
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

/** What was done to a pool, and what kept the journal from having it. */
interface Done {
  readonly outcome: PoolOutcome;
  readonly halt: JournalError | null;
}

/** Throws the journal's error where it took no intent, so that no call was made. */
function requireBegun(halts: readonly JournalError[], outcomes: Iterable<PoolOutcome>): void {
  const [halt] = halts;
  if (halt !== undefined && [...outcomes].every((each) => endOf(each) === 'idle')) throw halt;
}

async function makeChange(approved: ApprovedChange, basis: PlanBasis, ports: ApplyPorts): Promise<Done> {
  const { change, policies } = approved;
  for (let tries = 1; ; tries += 1) {
    const look = await ports.pools.look(change);
    const preflight = preflightOf(approved, ports.journal.traceOf(change).trace, look, basis);
    if (preflight.kind !== 'ready') {
      const halt = await unjournaled(() => recordPreflight(change, policies, preflight, ports.journal));
      return { outcome: outcomeOf(change, preflight), halt };
    }
    const written = await writeChange({ ...preflight.change, policies }, preflight.userPool, ports);
    const { halt } = written;
    if (written.outcome !== 'again' || halt !== null || tries === mostTries)
      return { outcome: writtenOutcome(preflight.change, written), halt };
    await ports.clock.sleep(backoffMs(tries), ports.signal);
  }
}

/** What an outcome says of its kind. */
function endOf({ outcome }: PoolOutcome): JobEnd {
  if (outcome === 'applied') return 'good';
  return outcome === 'failed' || outcome === 'unknown' ? 'bad' : 'idle';
}

/** What becomes of a pool that is left as it is. */
export function outcomeOf(pool: Concerned, preflight: NotReady): PoolOutcome {
  return {
    ...base(pool),
    outcome: preflight.kind,
    code: preflight.kind === 'refused' ? preflight.code : null,
    message: 'message' in preflight ? preflight.message : '',
    after: preflight.kind === 'applied' ? preflight.config : null,
  };
}

function writtenOutcome(change: Change, { outcome, message, after }: WriteResult): PoolOutcome {
  const said = outcome === 'applied' ? [...change.remains, message] : [message];
  return {
    ...base(change),
    outcome: outcome === 'again' ? 'failed' : outcome,
    code: null,
    message: said.filter((each) => each !== '').join(' '),
    after,
  };
}

function notStarted(change: Change): PoolOutcome {
  return { ...base(change), outcome: 'not-started', code: null, message: '', after: null };
}

function base({ accountId, region, poolId, poolName, users, risk, before, because }: Concerned): Concerned {
  return { accountId, region, poolId, poolName, users, risk, before, because };
}
