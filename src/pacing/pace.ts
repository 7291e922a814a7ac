/**
 * How fast one request quota may be used: the generic cell rate algorithm, whose rate falls when the service throttles
 * and rises slowly after. Plain arithmetic; the caller brings the time.
 *
 * The rise is the cubic of RFC 9438 on a scale of seconds: it returns to the rate that seemed to be the service's in
 * `recoveryMs`, lingers there, and only then looks further. What others leave us is found with few refusals.
 */
import { Setbacks, type Setback } from './setbacks.ts';

const recoveryMs = 25_000;
/** A unit that is throttled without end still asks now and then, more slowly than it may even where that is little. */
const slowestPerSecond = 0.2;
const slowestShare = 0.2;
/** Requests on the way arrive closer together than they were sent; a burst a tenth short leaves room for that. */
const burstShare = 0.9;

export class Pace {
  private readonly fullPerSecond: number;
  private readonly leastPerSecond: number;
  private readonly setbacks: Setbacks;
  /** Theoretical arrival time of the next request. */
  private arrivalMs = Number.NEGATIVE_INFINITY;
  /** Granted and not sent yet. */
  private granted = 0;
  private setback: Setback | null = null;

  constructor(perSecond: number) {
    this.fullPerSecond = perSecond;
    this.leastPerSecond = Math.min(slowestPerSecond, slowestShare * perSecond);
    this.setbacks = new Setbacks(perSecond);
  }

  perSecond(nowMs: number): number {
    if (this.setback === null) return this.fullPerSecond;
    const { atMs, from, plateau } = this.setback;
    const progress = (nowMs - atMs) / recoveryMs - 1;
    const rate = plateau + (plateau - from) * progress ** 3;
    return Math.min(this.fullPerSecond, Math.max(rate, this.leastPerSecond));
  }

  /** Milliseconds until one more request may be granted; 0 when it may be now. */
  waitMs(nowMs: number): number {
    return this.waitBehind(this.granted, nowMs);
  }

  /** One of those that were granted has its time, and was not granted before it. */
  isDue(nowMs: number): boolean {
    return this.waitBehind(this.granted - 1, nowMs) === 0;
  }

  private waitBehind(granted: number, nowMs: number): number {
    const interval = 1000 / this.perSecond(nowMs);
    const arrival = Math.max(this.arrivalMs, nowMs) + granted * interval;
    return Math.max(0, arrival - (this.burst(nowMs) - 1) * interval - nowMs);
  }

  grant(): void {
    this.granted += 1;
  }

  /** A granted request leaves now; it counts from here and not from when it was granted. */
  send(nowMs: number): void {
    this.granted -= 1;
    this.setbacks.sent();
    this.arrivalMs = Math.max(this.arrivalMs, nowMs) + 1000 / this.perSecond(nowMs);
  }

  /** A granted request is not sent after all. */
  giveBack(): void {
    this.granted -= 1;
  }

  /** The service has answered, or refused, a request sent at `sentMs`. */
  answered(sentMs: number, nowMs: number, wasThrottled: boolean): void {
    const setback = this.setbacks.answered(sentMs, nowMs, wasThrottled, this.perSecond(nowMs));
    if (setback === null) return;
    this.setback = setback;
    this.arrivalMs = nowMs + 1000 / this.perSecond(nowMs);
  }

  /** One second of the full pace; nothing in advance while the service says that the quota is used elsewhere. */
  private burst(nowMs: number): number {
    const isFull = this.perSecond(nowMs) === this.fullPerSecond;
    return isFull ? Math.max(1, this.fullPerSecond * burstShare) : 1;
  }
}
