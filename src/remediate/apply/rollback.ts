/** Undoing what a journal says was changed: the nearest state that the service admits, newest first. */
import type { ApplyResult, PoolOutcome, Returning } from '../../domain/remediation/model/outcome.ts';
import { backoffMs } from '../../pacing/backoff.ts';
import { inOrder, type Job, type OrderRules } from './canary-order.ts';
import { eventOf, type JournalEntry } from '../journal/format.ts';
import { unjournaled, type Journal, type JournalError } from '../journal/journal.ts';
import { endOf, mostTries, requireBegun, type Done } from './carry-out.ts';
import type { Look, PoolReads } from '../../ports/account-writer.ts';
import { nameIn, rollbackPreflightOf, usersIn, type RollbackPreflight, type UndoRules } from './rollback-preflight.ts';
import { writeChange, type ApplyPorts, type WriteResult } from './write-change.ts';

export interface RollbackOptions {
  /** Of what is to be undone. */
  readonly made: Pick<Journal, 'traces'>;
  /** With the rollback's own journal. */
  readonly ports: ApplyPorts;
  readonly order: OrderRules;
  readonly rules: Omit<UndoRules, 'mayWeaken'>;
  /** Told of each pool that was looked at, before the question. */
  looked(): void;
  /** Asked with what would be undone, before anything is changed or journaled; yes is permission for all of it. */
  begin(ready: readonly Returning[], others: readonly PoolOutcome[]): Promise<boolean>;
}

/** `null`: the first question was declined, and nothing was changed. */
export async function rollBack(options: RollbackOptions): Promise<ApplyResult | null> {
  const { made, ports, order, rules } = options;
  const entries = made
    .traces()
    .flatMap(({ last }) => last ?? [])
    .toReversed();
  const shown = { ...rules, mayWeaken: true };
  const checks = await Promise.all(
    entries.map(async (entry) => {
      const checked = await checkedNow(entry, ports, shown);
      options.looked();
      return checked;
    }),
  );
  if (order.signal.aborted) return { outcomes: [], stop: 'interrupted' };
  const ready = checks.filter(({ preflight }) => preflight.kind === 'ready');
  const others = checks.flatMap(({ entry, look, preflight }) => concluded(entry, look, preflight));
  const planned = ready.flatMap(returning);
  if (ready.length > 0 && !(await options.begin(planned, others))) return null;
  const allowed = { ...rules, mayWeaken: planned.some(({ risk }) => risk === 'weakening') };
  for (const { entry, preflight } of checks) await record(entry, preflight, ports.journal);
  const outcomes = new Map<JournalEntry, PoolOutcome>();
  const halts: JournalError[] = [];
  const jobs = ready.map(({ entry, preflight }): Job => ({
    kind: preflight.kind === 'ready' ? preflight.jobKind : '',
    async run() {
      const { outcome, halt } = await undo(entry, ports, allowed);
      outcomes.set(entry, outcome);
      if (halt !== null) halts.push(halt);
      return halt === null ? endOf(outcome) : 'halt';
    },
  }));
  const stop = await inOrder(jobs, order);
  requireBegun(halts, outcomes.values());
  return {
    stop,
    outcomes: [...ready.map(({ entry, look }) => outcomes.get(entry) ?? plannedOutcome(entry, look)), ...others],
  };
}

interface Checked {
  readonly entry: JournalEntry;
  readonly look: Look;
  readonly preflight: RollbackPreflight;
}

function returning({ entry, look, preflight }: Checked): readonly Returning[] {
  if (preflight.kind !== 'ready') return [];
  const { request, risk } = preflight;
  const { before, after, because } = request;
  return [{ outcome: { ...plannedOutcome(entry, look), risk }, before, after, because, risk }];
}

async function checkedNow(
  entry: JournalEntry,
  { pools, journal }: Pick<ApplyPorts, 'journal'> & { readonly pools: PoolReads },
  rules: UndoRules,
): Promise<Checked> {
  const look = await pools.look(entry);
  return { entry, look, preflight: rollbackPreflightOf({ made: entry, own: journal.traceOf(entry) }, look, rules) };
}

async function undo(entry: JournalEntry, ports: ApplyPorts, rules: UndoRules): Promise<Done> {
  for (let tries = 1; ; tries += 1) {
    const { look, preflight } = await checkedNow(entry, ports, rules);
    if (preflight.kind !== 'ready') {
      const halt = await unjournaled(() => record(entry, preflight, ports.journal));
      return { outcome: concluded(entry, look, preflight)[0] ?? plannedOutcome(entry, look), halt };
    }
    const written = await writeChange(preflight.request, preflight.userPool, ports);
    const { halt } = written;
    if (written.outcome !== 'again' || halt !== null || tries === mostTries)
      return { outcome: writtenOutcome(entry, look, preflight, written), halt };
    await ports.clock.sleep(backoffMs(tries), ports.signal);
  }
}

/** Writes down why a pool is left as it is; a call of this rollback that is in effect is completed, once. */
async function record(entry: JournalEntry, preflight: RollbackPreflight, journal: Journal): Promise<void> {
  const { trace, last } = journal.traceOf(entry);
  const isOld = trace === 'written' && (preflight.kind === 'applied' || preflight.kind === 'unchanged');
  if (preflight.kind === 'ready' || isOld) return;
  if (preflight.kind === 'applied') {
    if (last !== null) await journal.record({ ...last, event: 'done', after: preflight.config, error: null });
    return;
  }
  const { accountId, region, poolId, policies } = entry;
  const event = preflight.kind === 'failed' && trace !== 'none' ? 'unknown' : eventOf[preflight.kind];
  const error = 'message' in preflight ? preflight.message : null;
  await journal.record({ event, accountId, region, poolId, before: null, call: null, after: null, policies, error });
}

function concluded(entry: JournalEntry, look: Look, preflight: RollbackPreflight): readonly PoolOutcome[] {
  if (preflight.kind === 'ready') return [];
  return [
    {
      ...plannedOutcome(entry, look),
      outcome: preflight.kind,
      code: preflight.kind === 'refused' ? preflight.code : null,
      message: 'message' in preflight ? preflight.message : '',
      after: preflight.kind === 'applied' ? preflight.config : null,
    },
  ];
}

function writtenOutcome(
  entry: JournalEntry,
  look: Look,
  { request, risk, remaining }: Extract<RollbackPreflight, { kind: 'ready' }>,
  { outcome, message, after }: WriteResult,
): PoolOutcome {
  const said = outcome === 'applied' ? remaining : message;
  return {
    ...plannedOutcome(entry, look),
    outcome: outcome === 'again' ? 'failed' : outcome,
    risk,
    message: said,
    before: request.before,
    after,
  };
}

/** What stands before anything is tried. */
function plannedOutcome({ accountId, region, poolId, before }: JournalEntry, look: Look): PoolOutcome {
  const place = { accountId, region, poolId, poolName: nameIn(look), users: usersIn(look, region) };
  return { ...place, outcome: 'not-started', risk: null, code: null, message: '', before, after: null, because: [] };
}
