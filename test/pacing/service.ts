import type { Log, LogFields } from '../../src/log.ts';
import { failed, succeeded, type Attempt, type CallFailure } from '../../src/pacing/call-result.ts';
import { createCalls, type Calls } from '../../src/pacing/calls.ts';
import { fraction } from '../../src/sandbox/seeded.ts';
import type { VirtualClock } from '../reading/virtual-clock.ts';
import type { ApiCounts } from '../../src/pacing/api-counts.ts';

export const throttledFailure: CallFailure = {
  name: 'TooManyRequestsException',
  code: 'throttled',
  retry: 'throttle',
  message: 'Rate exceeded',
  remedy: '',
  requestId: null,
};

export function virtualCalls(clock: VirtualClock, concurrency = 64, signal = new AbortController().signal) {
  const counts: ApiCounts = { calls: 0, throttled: 0, retried: 0 };
  return { calls: createCalls({ concurrency, clock, signal, counts }), counts };
}

/** Calls that write down what they log. */
export function recordedCalls(clock: VirtualClock) {
  const lines: (readonly [string, LogFields])[] = [];
  const log: Log = { debug: (...line) => void lines.push(line), trace: (...line) => void lines.push(line) };
  const counts: ApiCounts = { calls: 0, throttled: 0, retried: 0 };
  const { signal } = new AbortController();
  return { calls: createCalls({ concurrency: 64, clock, signal, counts, log }), log, lines };
}

/** A service that answers after `latencyMs` and keeps a token bucket: `perSecond` tokens, one second of them at most. */
export function limitedService(clock: VirtualClock, perSecond: number, latencyMs: () => number) {
  let tokens = perSecond;
  let filledAt = 0;
  return admittingService(clock, latencyMs, () => {
    tokens = Math.min(perSecond, tokens + ((clock.now() - filledAt) / 1000) * perSecond);
    filledAt = clock.now();
    const isAdmitted = tokens >= 1 - 1e-6;
    if (isAdmitted) tokens -= 1;
    return isAdmitted;
  });
}

/** A service that refuses this share of all requests, whatever their pace, by the seed. */
export function moodyService(clock: VirtualClock, share: number, seed: number, latencyMs: () => number) {
  let count = 0;
  return admittingService(clock, latencyMs, () => fraction(seed, String(count++)) >= share);
}

function admittingService(clock: VirtualClock, latencyMs: () => number, admits: () => boolean) {
  let sent = 0;
  let throttled = 0;
  return {
    sent: () => sent,
    throttled: () => throttled,
    async send(): Promise<Attempt<void>> {
      const latency = latencyMs();
      await clock.sleep(latency / 2);
      sent += 1;
      const isAdmitted = admits();
      if (!isAdmitted) throttled += 1;
      await clock.sleep(latency / 2);
      return isAdmitted ? succeeded(undefined) : failed(throttledFailure);
    },
  };
}

/** So many calls of one quota by so many workers; resolves with the milliseconds that it took. */
export async function sendAll(
  clock: VirtualClock,
  calls: Calls,
  perSecond: number,
  count: number,
  send: () => Promise<Attempt<void>>,
): Promise<number> {
  const quota = calls.quota({ perSecond });
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await calls.run(quota, send);
    }
  };
  const start = clock.now();
  await clock.run(Promise.all(Array.from({ length: 8 }, worker)));
  return clock.now() - start;
}
