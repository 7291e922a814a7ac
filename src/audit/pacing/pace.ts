/**
 * How fast one request quota may be used: the generic cell rate algorithm, whose rate falls at once when the service
 * throttles and rises slowly after. Plain arithmetic; the caller brings the time.
 *
 * The rise is the cubic of RFC 9438 on a scale of seconds: it returns to the rate that was throttled in `recoveryMs`,
 * lingers there, and only then looks further. What the application beside us needs is found with few refusals.
 */

/** To this part of itself a throttled rate falls. */
const loweredTo = 0.7;
const recoveryMs = 40_000;
/** A unit that is throttled without end still asks now and then. */
const slowestPerSecond = 0.2;
/** Requests on the way arrive closer together than they were sent; a burst a tenth short leaves room for that. */
const burstShare = 0.9;

interface Setback {
  readonly atMs: number;
  readonly ratePerSecond: number;
}

export class Pace {
  private readonly fullPerSecond: number;
  /** Theoretical arrival time of the next request. */
  private arrivalMs = Number.NEGATIVE_INFINITY;
  /** Granted and not sent yet. */
  private granted = 0;
  private setback: Setback | null = null;

  constructor(perSecond: number) {
    this.fullPerSecond = perSecond;
  }

  perSecond(nowMs: number): number {
    if (this.setback === null) return this.fullPerSecond;
    const progress = (nowMs - this.setback.atMs) / recoveryMs - 1;
    const rate = this.setback.ratePerSecond * (1 + (1 - loweredTo) * progress ** 3);
    return Math.min(this.fullPerSecond, Math.max(rate, slowestPerSecond));
  }

  /** Milliseconds until one more request may be granted; 0 when it may be now. */
  waitMs(nowMs: number): number {
    const interval = 1000 / this.perSecond(nowMs);
    const arrival = Math.max(this.arrivalMs, nowMs) + this.granted * interval;
    return Math.max(0, arrival - (this.burst(nowMs) - 1) * interval - nowMs);
  }

  grant(): void {
    this.granted += 1;
  }

  /** A granted request leaves now; it counts from here and not from when it was granted. */
  send(nowMs: number): void {
    this.granted -= 1;
    this.arrivalMs = Math.max(this.arrivalMs, nowMs) + 1000 / this.perSecond(nowMs);
  }

  /** A granted request is not sent after all. */
  giveBack(): void {
    this.granted -= 1;
  }

  /** The service refused a request sent at `sentMs`. Refusals of one volley lower the pace once. */
  throttled(sentMs: number, nowMs: number): void {
    if (this.setback !== null && sentMs <= this.setback.atMs) return;
    this.setback = { atMs: nowMs, ratePerSecond: this.perSecond(nowMs) };
    this.arrivalMs = nowMs + 1000 / this.perSecond(nowMs);
  }

  /** One second of the full pace; nothing in advance while the service says that the quota is used elsewhere. */
  private burst(nowMs: number): number {
    const isFull = this.perSecond(nowMs) === this.fullPerSecond;
    return isFull ? Math.max(1, this.fullPerSecond * burstShare) : 1;
  }
}
