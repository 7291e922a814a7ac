/** Which try of its call a request is, for whoever logs it: known where calls are tried again, asked for where they are sent. */
import { AsyncLocalStorage } from 'node:async_hooks';

const numbers = new AsyncLocalStorage<number>();

/** Costs each request a little; only a run that is logged does it. */
export function asAttempt<T>(number: number, send: () => Promise<T>): Promise<T> {
  return numbers.run(number, send);
}

/** From 1. */
export function attemptNumber(): number {
  return numbers.getStore() ?? 1;
}
