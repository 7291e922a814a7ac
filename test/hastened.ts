import type { Clock } from '../src/pacing/clock.ts';

/** Time that passes a hundred times faster, for servers that don't know of virtual time: retries wait, but not long. */
export function hastened(clock: Clock): Clock {
  return {
    ...clock,
    now: () => clock.now() * 100,
    sleep: (ms, signal) => clock.sleep(ms / 100, signal),
  };
}
