import type { Failure, GapCode } from '../domain/model/observation.ts';
import { failed, type Attempt, type CallFailure } from './call-result.ts';

/** Denials never: a tag may cause them. Throttling has a patience of its own. */
const counted: ReadonlySet<GapCode> = new Set(['network', 'malformed', 'server-error']);
const longestRow = 5;

/**
 * Failures one after another, of calls that ask for the same of one place after another. Five in a row say that the
 * next would fail as well, and a run that asked on would have no upper bound.
 */
export class FailureRow {
  private length = 0;
  private end: CallFailure | null = null;
  private readonly ending = new AbortController();
  /** Aborts when it is given up: whoever waits to try again need not. */
  readonly ended = this.ending.signal;

  /** One more outcome: what failed of it. */
  note(failures: readonly Failure[]): void {
    const trouble = failures.find(({ code }) => counted.has(code));
    if (trouble === undefined) {
      this.length = 0;
      return;
    }
    this.length += 1;
    if (this.length !== longestRow) return;
    this.end ??= givenUp(trouble);
    this.ending.abort();
  }

  /** Why nothing more is asked; `null`: it may be. */
  givenUp(): CallFailure | null {
    return this.end;
  }

  /** The same as the answer of whatever would be asked. */
  refusal(): Attempt<never> | null {
    return this.end === null ? null : failed(this.end);
  }

  /** Asks, unless it was given up: then its end stands for the answer. */
  async ask<T>(call: () => Promise<Attempt<T>>): Promise<Attempt<T>> {
    const refusal = this.refusal();
    if (refusal !== null) return refusal;
    const answer = await call();
    this.note(answer.ok ? [] : [answer.failure]);
    return answer;
  }
}

function givenUp({ code, message, remedy }: Failure): CallFailure {
  return {
    name: 'GivenUp',
    code,
    retry: 'no',
    message: `given up after ${longestRow} failures in a row, the last: ${message}`,
    remedy,
    requestId: null,
  };
}
