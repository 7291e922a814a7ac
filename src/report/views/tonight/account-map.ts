/** How accounts stand in each region: those that most need a look one by one, and all others together. */
import { isOpen, poolStatuses, type PoolRecord, type PoolStatus, type Result } from '../../../domain/result/result.ts';

/**
 * What can be said of an account in a region, in the order in which it is shown: `gap`: it was not read; statuses of its
 * pools; `accepted`: an exception accepts that it was not read; `read`: it was, whatever is there.
 */
export const placeStates = [
  'gap',
  'drifted',
  'unreadable',
  'uncovered',
  'excepted',
  'compliant',
  'accepted',
  'read',
  'skipped',
] as const satisfies readonly (PoolStatus | 'gap' | 'accepted' | 'read' | 'skipped')[];
export type PlaceState = (typeof placeStates)[number];

/** Pools by their status, and accounts by the other states: of one account each is 0 or 1. */
export type PlaceCounts = Record<PlaceState, number>;

export interface MapRow {
  /** One account, or how many of those that have no row of their own: the ones with an open gap, and the rest. */
  readonly who:
    | { readonly kind: 'account'; readonly id: string; readonly name: string | null }
    | { readonly kind: 'not-wholly-read' | 'rest'; readonly accounts: number };
  readonly cells: ReadonlyMap<string, PlaceCounts>;
  /** Of all its regions. */
  readonly pools: Readonly<Record<PoolStatus, number>>;
}

export interface AccountMap {
  /** Those of which anything can be said but that they were skipped. */
  readonly regions: readonly string[];
  /** The worst first; those of several accounts are the last. */
  readonly rows: readonly MapRow[];
  /** Rightly not read, and in no row. */
  readonly skippedAccounts: number;
  /** Accounts may be missing, since their list could not be read. */
  readonly isListCut: boolean;
}

export interface AccountMapCollector {
  pool(pool: PoolRecord): void;
  /** Reads accounts, units and gaps. @param limit rows with an account of their own */
  found(result: Result, limit: number): Promise<AccountMap>;
}

/** The column of accounts of which no region is known. */
export const everyRegion = 'every region';

export function newAccountMap(): AccountMapCollector {
  const byAccount = new Map<string, Map<string, PlaceCounts>>();
  return {
    pool({ accountId, region, status }) {
      const cells = byAccount.get(accountId) ?? new Map<string, PlaceCounts>();
      byAccount.set(accountId, cells);
      cellAt(cells, region)[status] += 1;
    },
    async found(result, limit) {
      const gaps = await gapsOf(result);
      const skipped = await skippedAccounts(result);
      const rows = await rowsOf(result, skipped, gaps.byAccount, rank(byAccount, gaps.byAccount), limit);
      for (const [accountId, cells] of byAccount)
        for (const [region, counts] of cells) rows.add(accountId, region, counts);
      for await (const { accountId, region, status } of result.units()) {
        if (status === 'gap') continue;
        rows.add(accountId, region, { [status]: 1 });
        // Of an account that was read, what its gap is about stands at its pools.
        if (status === 'read') gaps.whole.delete(accountId);
      }
      for (const { accountId, region, state } of gaps.places) rows.add(accountId, region, { [state]: 1 });
      const regions = rows.regions();
      for (const [accountId, state] of gaps.whole)
        for (const region of regions) rows.add(accountId, region, { [state]: 1 });
      return { regions, rows: rows.all(), skippedAccounts: skipped.size, isListCut: gaps.isListCut };
    },
  };
}

type GapState = 'gap' | 'accepted';

interface Gaps {
  readonly places: readonly { readonly accountId: string; readonly region: string; readonly state: GapState }[];
  /** Accounts of which nothing was read. */
  readonly whole: Map<string, GapState>;
  /** Open ones. */
  readonly byAccount: ReadonlyMap<string, number>;
  readonly isListCut: boolean;
}

async function gapsOf(result: Result): Promise<Gaps> {
  const places: Gaps['places'][number][] = [];
  const whole = new Map<string, GapState>();
  const byAccount = new Map<string, number>();
  let isListCut = false;
  for await (const gap of result.gaps()) {
    const { scope, accountId, region } = gap;
    const state = isOpen(gap) ? 'gap' : 'accepted';
    if (accountId === null) isListCut ||= state === 'gap';
    else if (state === 'gap') byAccount.set(accountId, (byAccount.get(accountId) ?? 0) + 1);
    if (accountId === null || scope === 'pool') continue;
    if (region !== null) places.push({ accountId, region, state });
    else if (whole.get(accountId) !== 'gap') whole.set(accountId, state);
  }
  return { places, whole, byAccount, isListCut };
}

async function skippedAccounts(result: Result): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { scope, accountId } of result.skipped()) if (scope === 'account') ids.add(accountId);
  return ids;
}

/** Compares accounts: drift first, then what was not read, then how much there is. */
function rank(byAccount: ReadonlyMap<string, Map<string, PlaceCounts>>, gaps: ReadonlyMap<string, number>) {
  const keys = (id: string): readonly number[] => {
    const { drifted, uncovered, unreadable, excepted, compliant } = poolsIn(byAccount.get(id) ?? new Map());
    const pools = drifted + uncovered + unreadable + excepted + compliant;
    return [drifted + uncovered, (gaps.get(id) ?? 0) + unreadable, pools];
  };
  const known = new Map<string, readonly number[]>();
  const keysOf = (id: string): readonly number[] => {
    const found = known.get(id) ?? keys(id);
    known.set(id, found);
    return found;
  };
  return (one: string, other: string): number => {
    const theirs = keysOf(other);
    return keysOf(one).reduce((order, key, at) => order || (theirs[at] ?? 0) - key, 0);
  };
}

interface Rows {
  add(accountId: string, region: string, counts: Partial<PlaceCounts>): void;
  regions(): readonly string[];
  all(): readonly MapRow[];
}

async function rowsOf(
  result: Result,
  skipped: ReadonlySet<string>,
  gaps: ReadonlyMap<string, number>,
  compare: (one: string, other: string) => number,
  limit: number,
): Promise<Rows> {
  const accounts: { readonly id: string; readonly name: string | null }[] = [];
  for await (const { id, name } of result.accounts()) if (!skipped.has(id)) accounts.push({ id, name });
  const sorted = accounts.toSorted((one, other) => compare(one.id, other.id));
  const named = sorted.slice(0, limit);
  const others = sorted.slice(limit).map(({ id }) => id);
  const unread = new Set(others.filter((id) => gaps.has(id)));
  const cells = new Map(named.map(({ id }) => [id, new Map<string, PlaceCounts>()]));
  const together = { 'not-wholly-read': new Map<string, PlaceCounts>(), rest: new Map<string, PlaceCounts>() };
  const rowOfSeveral = (kind: keyof typeof together, count: number): readonly MapRow[] =>
    count === 0 ? [] : [rowOf({ kind, accounts: count }, together[kind])];
  const shown = new Set<string>();
  return {
    add(accountId, region, counts) {
      // A skipped account has no row, not even among the others.
      if (skipped.has(accountId)) return;
      const cell = cellAt(cells.get(accountId) ?? together[unread.has(accountId) ? 'not-wholly-read' : 'rest'], region);
      for (const state of placeStates) cell[state] += counts[state] ?? 0;
      if (counts.skipped === undefined) shown.add(region);
    },
    regions: () => (shown.size === 0 ? [everyRegion] : [...shown].sort()),
    all: () => [
      ...named.map((account) => rowOf({ kind: 'account', ...account }, cells.get(account.id) ?? new Map())),
      ...rowOfSeveral('not-wholly-read', unread.size),
      ...rowOfSeveral('rest', others.length - unread.size),
    ],
  };
}

function rowOf(who: MapRow['who'], cells: ReadonlyMap<string, PlaceCounts>): MapRow {
  return { who, cells, pools: poolsIn(cells) };
}

function poolsIn(cells: ReadonlyMap<string, PlaceCounts>): Record<PoolStatus, number> {
  const sums = { drifted: 0, uncovered: 0, unreadable: 0, excepted: 0, compliant: 0 };
  for (const counts of cells.values()) for (const status of poolStatuses) sums[status] += counts[status];
  return sums;
}

function cellAt(cells: Map<string, PlaceCounts>, region: string): PlaceCounts {
  const known = cells.get(region);
  if (known !== undefined) return known;
  const counts = {
    gap: 0,
    drifted: 0,
    unreadable: 0,
    uncovered: 0,
    excepted: 0,
    compliant: 0,
    accepted: 0,
    read: 0,
    skipped: 0,
  };
  cells.set(region, counts);
  return counts;
}

/** The first of them that applies; `null`: nothing is known to be there. */
export function stateOf(counts: PlaceCounts | undefined): PlaceState | null {
  return placeStates.find((state) => (counts?.[state] ?? 0) > 0) ?? null;
}
