/** Who changed the pools of several units: each asked for itself, and of what no event tells the pool is asked. */
import { describe, expect, it } from 'vitest';
import { placeKey } from '../../../src/domain/model/observation.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { LogFields } from '../../../src/log.ts';
import { failed, succeeded, type Attempt } from '../../../src/pacing/call-result.ts';
import { createCalls } from '../../../src/pacing/calls.ts';
import { findCauses, type DriftingUnit } from '../../../src/reading/blame/find-causes.ts';
import { anEvent } from '../../domain/blame/an-event.ts';
import { defaultSettings } from '../../default-settings.ts';
import { fakeCloud, refusal } from '../fake-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';

const one = 'eu-west-1_One';
const two = 'us-east-1_Two';
const beyond = Date.parse('2026-08-01T00:00:00Z');
const fresh = succeeded(undefined);
const denied = failed(refusal('AccessDeniedException', 'AccessDenied'));

const drifting = (poolId: string, changedAt: number | null = null) => ({
  poolId,
  changedAt,
  observedAt: '2026-11-28T02:00:00.000Z',
  paths: ['MfaConfiguration'],
});

const inIreland: DriftingUnit = { accountId: '111111111111', region: 'eu-west-1', pools: [drifting(one)] };
const inVirginia: DriftingUnit = { accountId: '222222222222', region: 'us-east-1', pools: [drifting(two)] };
const keyOfOne = placeKey({ ...inIreland, poolId: one });
const keyOfTwo = placeKey({ ...inVirginia, poolId: two });

interface World {
  /** By account and region; `null`: CloudTrail denies them. */
  readonly events?: Readonly<Record<string, readonly JsonObject[] | null>>;
  readonly described?: Attempt<JsonObject>;
  readonly ready?: Attempt<void>;
  readonly limits?: Partial<typeof defaultSettings.limits>;
}

/** `asked`: each call as it was made. */
async function causes(units: readonly DriftingUnit[], world: World = {}) {
  const { events = {}, described = succeeded({}), ready = fresh } = world;
  const clock = new VirtualClock();
  const asked: string[] = [];
  const logged: LogFields[] = [];
  const debug = (_message: string, fields: LogFields) => void logged.push(fields);
  const calls = createCalls({
    concurrency: 8,
    clock,
    signal: new AbortController().signal,
    counts: { calls: 0, throttled: 0, retried: 0 },
    log: { debug, trace: debug },
  });
  const empty = fakeCloud({ accounts: [], regions: [], unit: () => ({}) });
  const found = await clock.run(
    findCauses(each(units), {
      calls,
      limits: { ...defaultSettings.limits, ...world.limits },
      cloud: {
        account: (accountId) => ({
          ...empty.account(accountId),
          ready: async () => ready,
          userPools: (region) => ({
            ...empty.account(accountId).userPools(region),
            async read(read, poolId) {
              asked.push(`${read} ${accountId}/${region}/${poolId}`);
              return described.ok ? succeeded({ value: described.value, requestId: null }) : described;
            },
          }),
        }),
        events: (accountId, region) => ({
          ready: async () => fresh,
          async lookUp(name) {
            asked.push(`${name} ${accountId}/${region}`);
            const all = events[`${accountId}/${region}`] ?? (`${accountId}/${region}` in events ? null : []);
            if (all === null) return denied;
            return succeeded({ items: all.filter(({ eventName }) => eventName === name), next: null });
          },
        }),
      },
    }),
  );
  return { ...found, asked, logged, tookMs: clock.now() };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const byTerraform = (userPoolId: string) =>
  anEvent({ requestParameters: { userPoolId }, userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8' });

const describesOf = (asked: readonly string[]) => asked.filter((call) => call.startsWith('userPool '));

describe('the causes', () => {
  it('are found in each unit for itself, also of pools that do not drift where a tool manages them', async () => {
    const other = 'eu-west-1_Other';
    const { blames, codeEvents } = await causes([inIreland, inVirginia], {
      events: { '111111111111/eu-west-1': [byTerraform(one), byTerraform(other)], '222222222222/us-east-1': null },
    });
    expect(Object.fromEntries([...blames].map(([key, { outcome }]) => [key, outcome]))).toEqual({
      [keyOfOne]: 'named',
      [keyOfTwo]: 'denied',
    });
    expect(Object.fromEntries([...codeEvents].map(([key, { agent }]) => [key, agent]))).toEqual({
      [keyOfOne]: 'terraform',
      [placeKey({ ...inIreland, poolId: other })]: 'terraform',
    });
  });

  it('are looked for no further where an event names them', async () => {
    const { asked } = await causes([inIreland], { events: { '111111111111/eu-west-1': [byTerraform(one)] } });
    expect(describesOf(asked)).toEqual([]);
  });
});

describe('where no event names the last change', () => {
  const seconds = beyond / 1000;
  it.each<[string, number | null, World, string, number]>([
    ['a pool that says that it is older has no event any more', beyond, {}, 'older', 0],
    ['a pool that says that it is younger stays without', Date.parse('2026-11-01T00:00:00Z'), {}, 'not-found', 0],
    [
      'a pool that was not described is, and is older',
      null,
      { described: succeeded({ LastModifiedDate: seconds }) },
      'older',
      1,
    ],
    ['it tells nothing where its answer does not', null, {}, 'not-found', 1],
    ['it tells nothing where the read is denied', null, { described: denied }, 'not-found', 1],
    [
      'it is not asked without credentials',
      null,
      { ready: denied, described: succeeded({ LastModifiedDate: seconds }) },
      'not-found',
      0,
    ],
  ])('%s', async (_what, changedAt, world, outcome, describes) => {
    const { blames, asked } = await causes([{ ...inIreland, pools: [drifting(one, changedAt)] }], world);
    expect(blames.get(keyOfOne)).toEqual({ outcome, event: null, failure: null });
    expect(describesOf(asked)).toEqual(Array.from({ length: describes }, () => `userPool ${keyOfOne}`));
  });
});

describe('the quotas', () => {
  it('are those of each unit, by name', async () => {
    const { logged } = await causes([inIreland, inVirginia], {
      events: { '111111111111/eu-west-1': null },
      described: denied,
    });
    expect(new Set(logged.map(({ quota }) => quota))).toEqual(
      new Set(['111111111111/eu-west-1/LookupEvents', '222222222222/us-east-1/UserPoolRead']),
    );
  });

  it('are used by no more than the share that is allowed', async () => {
    const { quotas } = defaultSettings.limits;
    const limits = { quotaShare: 0.25, quotas: { ...quotas, LookupEvents: 2 } };
    // Three look-ups, one every 2 s.
    const { asked, tookMs } = await causes([{ ...inIreland, pools: [drifting(one, beyond)] }], { limits });
    expect(asked).toHaveLength(3);
    expect(tookMs).toBe(4_000);
  });
});
