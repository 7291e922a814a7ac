/** What a pool of a million users takes, at half of the service's quotas. */
import { expect, it } from 'vitest';
import type { UserReader } from '../../../src/ports/user-reader.ts';
import { measureReadiness } from '../../../src/reading/readiness/measure.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { measuring } from './simulated-fleets.ts';
import { seeded, simulatedPool, type Kind } from './simulated-pool.ts';

it.each<Kind>(['random', 'by-time', 'by-time-grown'])(
  'a pool of a million takes less than a minute and at most 500 users: %s',
  async (kind) => {
    const clock = new VirtualClock();
    const { reader } = simulatedPool(kind, 1_000_000, 0.97, seeded(11));
    const options = measuring({ estimatedUsers: 1_000_000, random: seeded(12), now: () => clock.now() });
    const found = await clock.run(measureReadiness(paced(reader, clock), options));
    expect(found.design).toBe('prefix-clusters');
    expect(found.reads).toBeLessThanOrEqual(500);
    expect(clock.now()).toBeLessThan(60_000);
  },
);

/** Half of the service's quotas, 30 pages and 120 users a second; each answer takes 0.15 s. */
function paced(reader: UserReader, clock: VirtualClock): UserReader {
  const list = turns(clock, 15);
  const ask = turns(clock, 60);
  return {
    async listUsers(prefix, token) {
      await list();
      return reader.listUsers(prefix, token);
    },
    async authFactors(name) {
      await ask();
      return reader.authFactors(name);
    },
  };
}

function turns(clock: VirtualClock, perSecond: number): () => Promise<void> {
  let free = 0;
  return () => {
    const at = Math.max(clock.now(), free);
    free = at + 1000 / perSecond;
    return clock.sleep(at + 150 - clock.now());
  };
}
