import type { Attempt, CallFailure } from './call-result.ts';

/** So many who ask, one after another, and nobody gets an answer. */
const mostUnanswered = 5;
/** A network that is gone for a moment is no reason: a call's own tries take about as long. One is sent again after as long. */
const shortestMs = 15_000;

/**
 * One service in one region, as all calls of a run see it. What can't be reached is given up once and not by each unit
 * after all of its tries; it takes several who ask, since one account's requests may be held up alone. A night is longer
 * than most troubles, so that now and then one request finds out.
 */
export class Endpoint {
  private readonly unanswered = new Set<object>();
  private sinceMs = 0;
  private answeredMs = Number.NEGATIVE_INFINITY;
  private last: CallFailure | null = null;
  /** When a request was last found to fail, or was sent to find out. */
  private triedMs = Number.NEGATIVE_INFINITY;

  /** `asker`: whose request it was, sent at `sentMs`. */
  note(asker: object, outcome: Attempt<unknown>, sentMs: number, nowMs: number): void {
    if (outcome.ok || outcome.failure.code !== 'network') {
      this.answeredMs = nowMs;
      this.unanswered.clear();
      return;
    }
    if (this.unanswered.size === 0) this.sinceMs = Math.max(sentMs, this.answeredMs);
    this.unanswered.add(asker);
    this.last = outcome.failure;
    this.triedMs = nowMs;
  }

  /** The failure that stands for every further request; `null`: it may be asked. */
  givenUp(nowMs: number): CallFailure | null {
    const isSilent = this.unanswered.size >= mostUnanswered && nowMs - this.sinceMs >= shortestMs;
    return isSilent && this.last !== null ? { ...this.last, retry: 'no' } : null;
  }

  /** The same of a request that leaves now, `isDue` by its quota; `null`: it may be sent. */
  refusal(nowMs: number, isDue: boolean): CallFailure | null {
    const failure = this.givenUp(nowMs);
    if (failure === null || !isDue || nowMs - this.triedMs < shortestMs) return failure;
    this.triedMs = nowMs;
    return null;
  }
}
