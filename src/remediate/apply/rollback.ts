/** Undoing what a journal says was changed: the nearest state that the service admits, newest first. */
import type { ApplyResult, PoolOutcome, Returning } from '../../domain/remediation/model/outcome.ts';
import { backoffMs } from '../../pacing/backoff.ts';
import { inOrder, type Job, type OrderRules } from './canary-order.ts';
import { eventOf, type JournalEntry } from '../journal/format.ts';
import { unjournaled, type Journal, type JournalError } from '../journal/journal.ts';
import { endOf, mostTries, requireBegun, type Done } from './carry-out.ts';
import type { Look, PoolReads } from '../../ports/account-writer.ts';
import { nameIn, undoingOf, usersIn, type Undoing, type UndoRules } from './rollback-preflight.ts';
import { writeChange, type Tools, type Written } from './write-change.ts';

export interface RollbackOptions {
  /** Of what is to be undone. */
  readonly made: Pick<Journal, 'traces'>;
  /** With the rollback's own journal. */
  readonly tools: Tools;
  readonly order: OrderRules;
  readonly rules: Omit<UndoRules, 'mayWeaken'>;
  /** Told of each pool that was looked at, before the question. */
  looked(): void;
  /** Asked with what would be undone, before anything is changed or journaled; yes is permission for all of it. */
  begin(ready: readonly Returning[], others: readonly PoolOutcome[]): Promise<boolean>;
}

/** `null`: the first question was declined, and nothing was changed. */
export async function rollBack(options: RollbackOptions): Promise<ApplyResult | null> {
  const { made, tools, order, rules } = options;
  const entries = made
    .traces()
    .flatMap(({ last }) => last ?? [])
    .toReversed();
  const shown = { ...rules, mayWeaken: true };
  const standings = await Promise.all(
    entries.map(async (entry) => {
      const standing = await standingNow(entry, tools, shown);
      options.looked();
      return standing;
    }),
  );
  if (order.signal.aborted) return { outcomes: [], stop: 'interrupted' };
  const ready = standings.filter(({ undoing }) => undoing.kind === 'ready');
  const others = standings.flatMap(({ entry, look, undoing }) => concluded(entry, look, undoing));
  const planned = ready.flatMap(returning);
  if (ready.length > 0 && !(await options.begin(planned, others))) return null;
  const allowed = { ...rules, mayWeaken: planned.some(({ risk }) => risk === 'weakening') };
  for (const { entry, undoing } of standings) await record(entry, undoing, tools.journal);
  const outcomes = new Map<JournalEntry, PoolOutcome>();
  const halts: JournalError[] = [];
  const jobs = ready.map(({ entry, undoing }): Job => ({
    kind: undoing.kind === 'ready' ? undoing.jobKind : '',
    async run() {
      const { outcome, halt } = await undo(entry, tools, allowed);
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

interface Stands {
  readonly entry: JournalEntry;
  readonly look: Look;
  readonly undoing: Undoing;
}

function returning({ entry, look, undoing }: Stands): readonly Returning[] {
  if (undoing.kind !== 'ready') return [];
  const { writing, risk } = undoing;
  const { before, after, because } = writing;
  return [{ outcome: { ...plannedOutcome(entry, look), risk }, before, after, because, risk }];
}

async function standingNow(
  entry: JournalEntry,
  { pools, journal }: Pick<Tools, 'journal'> & { readonly pools: PoolReads },
  rules: UndoRules,
): Promise<Stands> {
  const look = await pools.look(entry);
  return { entry, look, undoing: undoingOf({ made: entry, own: journal.traceOf(entry) }, look, rules) };
}

async function undo(entry: JournalEntry, tools: Tools, rules: UndoRules): Promise<Done> {
  for (let tries = 1; ; tries += 1) {
    const { look, undoing } = await standingNow(entry, tools, rules);
    if (undoing.kind !== 'ready') {
      const halt = await unjournaled(() => record(entry, undoing, tools.journal));
      return { outcome: concluded(entry, look, undoing)[0] ?? plannedOutcome(entry, look), halt };
    }
    const written = await writeChange(undoing.writing, undoing.userPool, tools);
    const { halt } = written;
    if (written.outcome !== 'again' || halt !== null || tries === mostTries)
      return { outcome: writtenOutcome(entry, look, undoing, written), halt };
    await tools.clock.sleep(backoffMs(tries), tools.signal);
  }
}

/** Writes down why a pool is left as it is; a call of this rollback that is in effect is completed, once. */
async function record(entry: JournalEntry, undoing: Undoing, journal: Journal): Promise<void> {
  const { trace, last } = journal.traceOf(entry);
  const isOld = trace === 'written' && (undoing.kind === 'applied' || undoing.kind === 'unchanged');
  if (undoing.kind === 'ready' || isOld) return;
  if (undoing.kind === 'applied') {
    if (last !== null) await journal.record({ ...last, event: 'done', after: undoing.config, error: null });
    return;
  }
  const { accountId, region, poolId, policies } = entry;
  const event = undoing.kind === 'failed' && trace !== 'none' ? 'unknown' : eventOf[undoing.kind];
  const error = 'message' in undoing ? undoing.message : null;
  await journal.record({ event, accountId, region, poolId, before: null, call: null, after: null, policies, error });
}

function concluded(entry: JournalEntry, look: Look, undoing: Undoing): readonly PoolOutcome[] {
  if (undoing.kind === 'ready') return [];
  return [
    {
      ...plannedOutcome(entry, look),
      outcome: undoing.kind,
      code: undoing.kind === 'refused' ? undoing.code : null,
      message: 'message' in undoing ? undoing.message : '',
      after: undoing.kind === 'applied' ? undoing.config : null,
    },
  ];
}

function writtenOutcome(
  entry: JournalEntry,
  look: Look,
  { writing, risk, remaining }: Extract<Undoing, { kind: 'ready' }>,
  { outcome, message, after }: Written,
): PoolOutcome {
  const said = outcome === 'applied' ? remaining : message;
  return {
    ...plannedOutcome(entry, look),
    outcome: outcome === 'again' ? 'failed' : outcome,
    risk,
    message: said,
    before: writing.before,
    after,
  };
}

/** What stands before anything is tried. */
function plannedOutcome({ accountId, region, poolId, before }: JournalEntry, look: Look): PoolOutcome {
  const place = { accountId, region, poolId, poolName: nameIn(look), users: usersIn(look, region) };
  return { ...place, outcome: 'not-started', risk: null, code: null, message: '', before, after: null, because: [] };
}
