import type { Attempt, CallFailure } from './call-result.ts';

/** So many who ask, one after another, and nobody gets an answer. */
const mostUnanswered = 5;
/** A network that is gone for a moment is no reason: a call's own tries take about as long. */
const shortestMs = 15_000;

/**
 * One service in one region, as all calls of a run see it. What can't be reached is given up once and not by each unit
 * after all of its tries; it takes several who ask, since one account's requests may be held up alone.
 */
export class Endpoint {
  private readonly unanswered = new Set<object>();
  private sinceMs = 0;
  private answeredMs = Number.NEGATIVE_INFINITY;
  private last: CallFailure | null = null;

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
  }

  /** The failure that stands for every further request; `null`: it may be asked. */
  givenUp(nowMs: number): CallFailure | null {
    const isSilent = this.unanswered.size >= mostUnanswered && nowMs - this.sinceMs >= shortestMs;
    return isSilent && this.last !== null ? { ...this.last, retry: 'no' } : null;
  }
}
