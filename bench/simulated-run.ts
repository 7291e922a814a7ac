/** A run of one machine by a simulated clock: every request in the order in which it could be sent. Plain arithmetic. */

export interface Organization {
  readonly accounts: number;
  readonly regions: number;
  readonly pools: number;
}

export interface Costs {
  /** Processor time of a unit without its pools, and of a pool. */
  readonly unitMs: number;
  readonly poolMs: number;
}

export interface Played {
  readonly wallMs: number;
  readonly processorMs: number;
  /** What each bound would take if it were the only one. */
  readonly bounds: Readonly<Record<string, number>>;
}

const latencyMs = 40;
const slots = 64;
const assumedPerSecond = 100;
/** Half of `GetUserPoolMfaConfig`'s quota of 20 a second, and a burst a tenth short of a second (`src/pacing/pace.ts`). */
const readsPerSecond = 10;
const burst = 9;
const mostInFlight = 2;
/** Cognito's default quota of pools in a region of an account. */
const largestUnit = 1000;

interface Unit {
  readonly pools: number;
  readMs: number;
  read: number;
  /** When the last two requests were answered. */
  readonly answeredMs: number[];
}

/** Of `machines` that share the accounts evenly, one. */
export function play(whole: Organization, machines: number, { unitMs, poolMs }: Costs): Played {
  const accounts = Math.ceil(whole.accounts / machines);
  const sizes = poolCounts(accounts * whole.regions, Math.ceil(whole.pools / machines));
  const line = new Line<Unit>();
  for (const [at, pools] of sizes.entries()) {
    const assumedMs = (Math.floor(at / whole.regions) * 1000) / assumedPerSecond;
    line.add(assumedMs, { pools, readMs: Number.NEGATIVE_INFINITY, read: -1, answeredMs: [] });
  }
  const free = new Line<null>();
  for (let slot = 0; slot < slots; slot += 1) free.add(0, null);
  let processorFreeMs = 0;
  let processorMs = 0;
  let wallMs = 0;
  for (let next = line.take(); next !== null; next = line.take()) {
    const { value: unit } = next;
    const costMs = unit.read < 0 ? unitMs : poolMs;
    const begunMs = Math.max(next.atMs, free.take()?.atMs ?? 0, processorFreeMs);
    processorFreeMs = begunMs + costMs;
    processorMs += costMs;
    const answeredMs = processorFreeMs + latencyMs;
    free.add(answeredMs, null);
    wallMs = Math.max(wallMs, answeredMs);
    unit.read += 1;
    if (unit.read < unit.pools) line.add(nextTurn(unit, begunMs, answeredMs), unit);
  }
  const requests = sizes.reduce((sum, pools) => sum + pools + 1, 0);
  const bounds = {
    roles: (accounts * 1000) / assumedPerSecond,
    slots: (requests * latencyMs) / slots,
    processor: processorMs,
    'the largest unit': (((sizes[0] ?? 0) - burst) * 1000) / readsPerSecond,
  };
  return { wallMs, processorMs, bounds };
}

/** The generic cell rate algorithm, and no more requests on their way than the program allows a unit. */
function nextTurn(unit: Unit, begunMs: number, answeredMs: number): number {
  const intervalMs = 1000 / readsPerSecond;
  unit.answeredMs.push(answeredMs);
  unit.readMs = Math.max(unit.readMs, begunMs) + (unit.read === 0 ? 0 : intervalMs);
  const listedMs = unit.read === 0 ? answeredMs : begunMs;
  const earlier = unit.answeredMs.length > mostInFlight ? unit.answeredMs.shift() : undefined;
  return Math.max(unit.readMs - (burst - 1) * intervalMs, listedMs, earlier ?? 0);
}

/** A tenth of the units hold pools, the k-th a share of 1/k up to what one unit may hold; the largest is the first. */
function poolCounts(units: number, pools: number): readonly number[] {
  const holding = Math.max(1, Math.floor(units / 10));
  if (pools > holding * largestUnit) throw new Error(`${holding} units can't hold ${pools} pools.`);
  const counts = Array.from({ length: units }, () => 0);
  let left = pools;
  const harmonic = Math.log(holding) + 0.5772;
  for (let rank = 0; rank < holding; rank += 1) {
    const count = Math.min(left, largestUnit, Math.ceil(pools / harmonic / (rank + 1)));
    counts[rank * 10] = count;
    left -= count;
  }
  // What the largest units may not hold lies evenly in the others.
  for (let rank = holding - 1; left > 0; rank = rank === 0 ? holding - 1 : rank - 1) {
    const at = rank * 10;
    const more = Math.min(left, Math.ceil(left / holding), Math.max(0, largestUnit - (counts[at] ?? 0)));
    counts[at] = (counts[at] ?? 0) + more;
    left -= more;
  }
  return counts;
}

/** What is to happen, the earliest first: a binary heap. */
class Line<T> {
  private readonly heap: { readonly atMs: number; readonly value: T }[] = [];

  add(atMs: number, value: T): void {
    const { heap } = this;
    let at = heap.push({ atMs, value }) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.at(above) <= this.at(at)) return;
      this.swap(above, at);
      at = above;
    }
  }

  take(): { readonly atMs: number; readonly value: T } | null {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    if (heap.length > 0) heap[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = this.at(right) < this.at(left) ? right : left;
      if (this.at(least) >= this.at(at)) return first;
      this.swap(least, at);
      at = least;
    }
  }

  private at(index: number): number {
    return this.heap[index]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  private swap(one: number, other: number): void {
    const [a, b] = [this.heap[one], this.heap[other]];
    if (a === undefined || b === undefined) return;
    this.heap[one] = b;
    this.heap[other] = a;
  }
}
