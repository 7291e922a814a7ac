import type { Log } from '../log.ts';
import type { Attempt, CallFailure } from './call-result.ts';
import type { Clock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import { Pace } from './pace.ts';
import { paceLog, type PaceLog } from './pace-log.ts';
import type { Urgency } from './priority-semaphore.ts';

/** Room for latencies that vary: by Little's law the pace needs `rate × latency` requests on their way. */
const slack = 1.5;
const fewestInFlight = 2;
/** Longer than a call pauses before it tries again (retry-policy.ts): for so long nobody has wanted anything. */
const restMs = 30_000;

export interface QuotaOptions {
  readonly perSecond: number;
  /** Whose it is, for the log, such as `111122223333/eu-west-1/UserPoolRead`. */
  readonly name?: string;
  /** One request at a time, whatever the pace allows. */
  readonly isSerial?: boolean;
  /** Where its requests go, such as `cognito-idp/eu-west-1`: shared by all quotas that name the same. */
  readonly endpoint?: string | undefined;
}

const granted = Promise.resolve();

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * One request quota: an account's, in a region, of a category. Requests get their turn in the order they ask. Besides
 * the pace it bounds how many are on their way, to what the pace needs at the latency seen, so that a quota smaller than
 * was thought refuses two or three requests and not a whole burst.
 */
export class Quota {
  /** How its requests stand in the line for a slot, once it is their turn. */
  urgency: Urgency = 'soon';
  readonly name: string;
  private readonly endpoint: Endpoint | null;
  private readonly pace: Pace;
  private readonly fullPerSecond: number;
  private readonly isSerial: boolean;
  private readonly clock: Clock;
  private readonly signal: AbortSignal;
  private readonly waiters: Waiter[] = [];
  private isServing = false;
  private inFlight = 0;
  private latencyMs = 0;
  /** When the refusals began that no success has ended; `null` while requests succeed. */
  private refusedSinceMs: number | null = null;
  private answeredMs = 0;

  private readonly paceLog: PaceLog | null;
  /** Whoever waits need not until what is on its way has ended. */
  private readonly interrupt = (): void => this.rejectWaiters(this.signal.reason);

  constructor(options: QuotaOptions, endpoint: Endpoint | null, clock: Clock, signal: AbortSignal, log: Log | null) {
    this.name = options.name ?? 'unnamed';
    this.paceLog = log === null ? null : paceLog(this.name, options.perSecond, log);
    this.endpoint = endpoint;
    this.pace = new Pace(options.perSecond);
    this.fullPerSecond = options.perSecond;
    this.isSerial = options.isSerial ?? false;
    this.clock = clock;
    this.signal = signal;
  }

  /** Resolves when one request may be sent; `send` or `giveBack` must follow. Rejects when the run is interrupted. */
  turn(): Promise<void> {
    if (this.signal.aborted) return Promise.reject(this.signal.reason);
    if (this.hasRested()) this.refusedSinceMs = null;
    if (this.isFree()) {
      this.grant();
      return granted;
    }
    return new Promise((resolve, reject) => {
      if (this.waiters.push({ resolve, reject }) === 1) this.signal.addEventListener('abort', this.interrupt);
      this.serve();
    });
  }

  giveBack(): void {
    this.pace.giveBack();
    this.abandon();
  }

  /** A request that left brings no outcome, since sending it threw. */
  abandon(): void {
    this.inFlight -= 1;
    this.serve();
  }

  /** A request leaves now. Returns the moment, for `answered`. */
  send(): number {
    const now = this.clock.now();
    this.pace.send(now);
    return now;
  }

  answered(sentMs: number, outcome: Attempt<unknown>): void {
    const now = this.clock.now();
    const wasThrottled = !outcome.ok && outcome.failure.retry === 'throttle';
    this.endpoint?.note(this, outcome, sentMs, now);
    this.inFlight -= 1;
    this.latencyMs = this.latencyMs === 0 ? now - sentMs : 0.8 * this.latencyMs + 0.2 * (now - sentMs);
    this.pace.answered(sentMs, now, wasThrottled);
    this.refusedSinceMs = wasThrottled ? (this.refusedSinceMs ?? sentMs) : null;
    this.answeredMs = now;
    this.paceLog?.(this.pace.perSecond(now));
    this.serve();
  }

  /** Requests a second that it allows now. */
  perSecond(): number {
    return this.pace.perSecond(this.clock.now());
  }

  /** The service has refused requests, and the pace is not yet what it was. */
  isSlowed(): boolean {
    return this.perSecond() < this.fullPerSecond;
  }

  /** Why the request that would leave now is not sent; `null`: it may be. */
  refusal(): CallFailure | null {
    const now = this.clock.now();
    return this.endpoint?.refusal(now, this.pace.isDue(now)) ?? null;
  }

  /** For how long every answer of this quota has been a refusal; what was before a rest is forgotten. */
  refusedForMs(): number {
    return this.refusedSinceMs === null ? 0 : this.clock.now() - this.refusedSinceMs;
  }

  private hasRested(): boolean {
    const isWanted = this.inFlight > 0 || this.waiters.length > 0;
    return !isWanted && this.clock.now() - this.answeredMs > restMs;
  }

  /** Nobody waits, and one more may be sent now: most requests of most runs. */
  private isFree(): boolean {
    if (this.waiters.length > 0 || this.inFlight >= this.mostInFlight()) return false;
    return this.pace.waitMs(this.clock.now()) === 0;
  }

  private serve(): void {
    if (!this.isServing && this.waiters.length > 0) void this.serveWaiters();
  }

  private async serveWaiters(): Promise<void> {
    this.isServing = true;
    try {
      while (this.waiters.length > 0 && this.inFlight < this.mostInFlight()) {
        const wait = this.pace.waitMs(this.clock.now());
        if (wait > 0 && !this.isUnreachable()) await this.clock.sleep(wait, this.signal);
        else this.grant();
      }
    } catch (reason) {
      this.rejectWaiters(reason);
    } finally {
      this.isServing = false;
      if (this.waiters.length === 0) this.signal.removeEventListener('abort', this.interrupt);
    }
  }

  /** What can't be reached is not asked, so that nobody waits for it. */
  private isUnreachable(): boolean {
    return this.endpoint !== null && this.endpoint.givenUp(this.clock.now()) !== null;
  }

  private rejectWaiters(reason: unknown): void {
    for (const waiter of this.waiters.splice(0)) waiter.reject(reason);
  }

  private grant(): void {
    this.pace.grant();
    this.inFlight += 1;
    this.waiters.shift()?.resolve();
  }

  private mostInFlight(): number {
    if (this.isSerial) return 1;
    const perMs = this.pace.perSecond(this.clock.now()) / 1000;
    return Math.max(fewestInFlight, Math.ceil(slack * perMs * this.latencyMs));
  }
}
