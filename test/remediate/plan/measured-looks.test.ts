import { describe, expect, test } from 'vitest';
import { failed, succeeded, type Attempt } from '../../../src/pacing/call-result.ts';
import { createCalls } from '../../../src/pacing/calls.ts';
import type { Account } from '../../../src/domain/model/observation.ts';
import type { Look, PoolReads } from '../../../src/ports/account-writer.ts';
import type { UserCalls } from '../../../src/ports/user-reader.ts';
import { measuredLooks, measuring, type MeasureReadiness } from '../../../src/remediate/plan/measured-looks.ts';
import { VirtualClock } from '../../reading/virtual-clock.ts';
import { totpPool } from '../../reading/readiness/simulated-fleets.ts';
import { defaultSettings } from '../../default-settings.ts';
import { anAccount, read, unread } from '../../domain/a-pool.ts';
import { off, plainPool, totpOnly } from '../../domain/remediation/a-plan.ts';
import { aLook } from '../a-look.ts';
import { asking, contextOf, waitingFor } from './a-context.ts';
import { measuredOf } from './a-measurement.ts';

const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const question = { pool: totpPool, enrolment: null, waitsFor: 0.98 };
const limits = { ...defaultSettings.limits, concurrency: 8, quotaShare: 1 };

/** A pool of `users` users, all of them with TOTP. */
function measured(users: number, maxAgeMs: number) {
  const clock = new VirtualClock();
  const asked = { listings: 0, denied: false };
  const name = (at: number) => ({ name: `u${at}`, sub: null, status: 'CONFIRMED', isEnabled: true });
  const listed = Array.from({ length: users }, (_, at) => ({ ...name(at), hasEmail: true, hasPhone: false }));
  const usersOf = (): UserCalls => ({
    ready: () => Promise.resolve(succeeded(undefined)),
    list: (): Promise<Attempt<never>> | Promise<Attempt<{ users: typeof listed; next: null }>> => {
      asked.listings += 1;
      if (!asked.denied) return Promise.resolve(succeeded({ users: listed, next: null }));
      const failure = { code: 'AccessDenied', name: 'AccessDeniedException', message: 'no', remedy: '', retry: 'no' };
      return Promise.resolve(failed({ ...failure, requestId: null } as never));
    },
    billedFactors: () => Promise.reject(new Error('Nobody allowed that.')),
    factors: () => Promise.resolve(succeeded({ active: ['SOFTWARE_TOKEN_MFA'], preferred: null, first: [] })),
  });
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const calls = createCalls({ concurrency: 8, clock, signal: new AbortController().signal, counts });
  const ask = measuring({ calls, limits, usersOf, maxAgeMs });
  const measure: typeof ask = (...about) => clock.run(ask(...about));
  return { clock, asked, ask, measure };
}

describe('what was measured', () => {
  test('counts until it is older than it may be, and is measured again then', async () => {
    const { clock, asked, measure } = measured(10, 60_000);
    await clock.run(clock.sleep(5000));
    const first = await measure(place, question, 10);
    expect(first).toMatchObject({ measured: true, measurement: { population: 10 } });
    await clock.run(clock.sleep(65_000 - clock.now()));
    expect(await measure(place, question, 10)).toEqual(first);
    expect(asked.listings).toBe(1);
    await clock.run(clock.sleep(1));
    const again = await measure(place, question, 10);
    expect(asked.listings).toBe(2);
    expect(again.measuredAt > first.measuredAt).toBe(true);
  });

  test('is of one pool and one question', async () => {
    const { asked, measure } = measured(10, 60_000);
    await measure(place, question, 10);
    await measure({ ...place, poolId: 'eu-west-1_Two' }, question, 10);
    await measure(place, { ...question, enrolment: 'own' }, 10);
    await measure(place, { ...question, waitsFor: 0.5 }, 10);
    expect(asked.listings).toBe(4);
  });

  test('is not kept where it failed', async () => {
    const { asked, measure } = measured(10, 60_000);
    asked.denied = true;
    expect(await measure(place, question, 10)).toMatchObject({ measured: false, failure: { code: 'AccessDenied' } });
    asked.denied = false;
    expect(await measure(place, question, 10)).toMatchObject({ measured: true });
  });

  test('keeps to one quota in an account and region, however many pools are measured there at once', async () => {
    const { clock, ask } = measured(240, 60_000);
    const pools = Array.from({ length: 4 }, (_, at) => ({ ...place, poolId: `eu-west-1_${at}` }));
    await clock.run(Promise.all(pools.map((each) => ask(each, question, 240))));
    // 960 reads at 120 a second, of which the first second's are the burst.
    expect(clock.now()).toBeGreaterThanOrEqual(6900);
  });
});

describe('a look at a pool', () => {
  const seen = aLook(read(totpOnly), { userPool: read({ ...plainPool, Name: 'customers' }) });
  const account = anAccount({ id: place.accountId });

  /** What comes of the look, and what was asked for it. */
  async function lookAt(look: Look, policies = waitingFor(0.9), of: Account | null = account) {
    const asked: unknown[] = [];
    const pools: PoolReads = {
      look: () => Promise.resolve(look),
      readBack: () => Promise.resolve(read(totpOnly)),
    };
    const measure: MeasureReadiness = (...about) => {
      asked.push(about);
      return Promise.resolve(measuredOf(about[1], 10));
    };
    const looks = measuredLooks(
      pools,
      contextOf(policies),
      ({ accountId }) => (accountId === of?.id ? of : null),
      measure,
    );
    return { found: await looks.look(place), asked, readBack: await looks.readBack(place) };
  }

  test('asks its users where a change waits for them', async () => {
    const { found, asked, readBack } = await lookAt(seen);
    const required = { pool: expect.objectContaining({ required: true }), enrolment: null, waitsFor: 0.9 };
    expect(asked).toEqual([[place, required, 42]]);
    expect(found).toEqual({ ...seen, readiness: expect.objectContaining({ measured: true }) });
    expect(readBack).toEqual(read(totpOnly));
  });

  test('knows the pool by its name, which policies may ask for', async () => {
    const named = (name: string) => waitingFor(0.9).replace('expect:', `match: { pools: [${name}] }\nexpect:`);
    expect((await lookAt(seen, named('customers'))).asked).toHaveLength(1);
    expect((await lookAt(seen, named('others'))).asked).toEqual([]);
  });

  test.each<readonly [string, Look, string, Account | null]>([
    ['is gone', { kind: 'gone' }, waitingFor(0.9), account],
    ['is in no account that is known', seen, waitingFor(0.9), null],
    ['could not be read', aLook(unread), waitingFor(0.9), account],
    ['is changed without waiting', aLook(read(off), { userPool: read(plainPool) }), asking(), account],
    ['holds', seen, asking(), account],
    ['is refused for another reason', seen, asking('{ MfaConfiguration: ON }'), account],
  ])('asks nobody where the pool %s', async (_what, look, policies, of) => {
    const { found, asked } = await lookAt(look, policies, of);
    expect(found).toEqual(look);
    expect(asked).toEqual([]);
  });
});
