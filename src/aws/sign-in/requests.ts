import type { Attempt } from '../../pacing/call-result.ts';
import { createCalls, type Calls } from '../../pacing/calls.ts';
import type { Clients } from '../session/clients.ts';
import type { Configured } from '../session/shared-config.ts';
import type { Handler } from '../connection/http.ts';

/** What every request on the way to credentials goes by, whoever makes it. */
export interface Requests {
  readonly handler: Handler;
  readonly clients: Clients;
  readonly configured: Configured;
  /** Where a service is asked that the profile names no region for. */
  readonly homeRegion: string;
  readonly signal: AbortSignal;
  /** Makes a request, and again while that can help. Rejects with the signal's reason when it aborts. */
  readonly send: Send;
  /** Told in a sentence what a provider would write to the terminal. */
  readonly notice: (text: string) => void;
  /** Asks whoever sits there for a line; `null`: nobody does. Resolves to `null` from one who went away. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
}

export type Send = <T>(request: () => Promise<Attempt<T>>) => Promise<Attempt<T>>;

const perSecond = 10;

/** Signing in takes no slot of the run's requests: those that wait for it hold theirs. */
export function sender({ clock, signal, log }: Calls): Send {
  const calls = createCalls({ concurrency: 1, clock, signal, counts: { calls: 0, throttled: 0, retried: 0 }, log });
  const quota = calls.quota({ perSecond, name: 'signing in' });
  return (request) => calls.run(quota, request);
}
