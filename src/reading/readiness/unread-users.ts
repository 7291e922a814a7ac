import type { Failure } from '../../domain/model/observation.ts';
import type { CallFailure } from '../../pacing/call-result.ts';

/** The users of a pool could not be read. */
export class UnreadUsers extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What a service says of a denial names who asked and the pool. What else it says may repeat a user's name, and is left out. */
export function failureOf({ code, name, message, remedy }: CallFailure, action: string): Failure {
  return { code, message: code === 'AccessDenied' ? message : `${action}: ${name}`, remedy };
}
