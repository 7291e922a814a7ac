import { backoffMs } from './backoff.ts';
import type { CallFailure } from './call-result.ts';

/** A call is given up after ten minutes of throttling, or eight other failures that may be retried. */
const longestThrottlingMs = 10 * 60_000;
const mostFailures = 8;
/** Refused twice with credentials that were fresh, it isn't their age. */
const mostRenewals = 2;

const throttledBaseMs = 1000;
const transientBaseMs = 250;
const longestWaitMs = 20_000;

/** How often and how long one call is tried again. */
export class Patience {
  private throttledSinceMs: number | null = null;
  private throttles = 0;
  private failures = 0;
  private renewals = 0;

  /**
   * Milliseconds to wait before the next attempt, drawn at random below a limit that doubles; `null` to give up.
   * `refusedForMs`: for how long the whole quota has had refusals only, so that its calls don't wait one after another.
   */
  waitMs(failure: CallFailure, nowMs: number, refusedForMs: number): number | null {
    switch (failure.retry) {
      case 'no':
        return null;
      case 'throttle':
        this.throttledSinceMs ??= nowMs;
        if (Math.max(nowMs - this.throttledSinceMs, refusedForMs) >= longestThrottlingMs) return null;
        return backoffMs(this.throttles++, throttledBaseMs, longestWaitMs);
      case 'transient':
        return this.failures >= mostFailures - 1 ? null : backoffMs(this.failures++, transientBaseMs, longestWaitMs);
      case 'credentials-expired':
        return this.renewals++ >= mostRenewals ? null : 0;
    }
  }
}
