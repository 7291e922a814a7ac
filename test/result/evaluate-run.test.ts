import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PoolObservation } from '../../src/domain/model/observation.ts';
import { sessionClock, type SessionClock } from '../../src/pacing/session-clock.ts';
import { systemClock } from '../../src/pacing/clock.ts';
import type { OrganizationReading } from '../../src/reading/read-organization.ts';
import { evaluateRun, type ReadRun } from '../../src/result/evaluate-run.ts';
import { version } from '../../src/version.ts';
import { defaultSettings } from '../default-settings.ts';
import { aPool, anAccount, read } from '../domain/a-pool.ts';
import { policy, policySet } from '../policy-set.ts';
import { listOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

const wantsOn = `${policy('wants-on')}severity: medium\nexpect: { MfaConfiguration: "ON" }\n`;
const startedAt = '2026-11-22T02:11:30.000Z';
const minuteMs = 60_000;
const denied = { code: 'AccessDenied', message: 'no', remedy: 'Allow it.' } as const;

/** This machine's clock says one moment; AWS's, where it is known, another. */
function clockAt(own: string, aheadMs: number | null = 0): SessionClock {
  const clock = sessionClock({ ...systemClock, now: () => 0, date: () => new Date(own) });
  if (aheadMs !== null) clock.learn(new Date(Date.parse(own) + aheadMs));
  return clock;
}

interface Given extends Partial<Omit<ReadRun, 'reading'>> {
  readonly text?: string;
  readonly pools?: readonly PoolObservation[];
  readonly reading?: Partial<OrganizationReading>;
  readonly discovery?: Partial<OrganizationReading['discovery']>;
}

async function evaluated({
  text = wantsOn,
  pools = [aPool({ MfaConfiguration: 'ON' })],
  reading,
  discovery,
  ...more
}: Given = {}) {
  const unit = {
    accountId: '111122223333',
    region: 'eu-west-1',
    status: 'read',
    skipReason: null,
    failure: null,
    pools: pools.length,
    readAt: startedAt,
  } as const;
  const finished = { unit, skippedPools: [], segments: [] };
  return evaluateRun({
    loaded: { settings: defaultSettings, set: policySet(text), files: [], sourceFolder: '' },
    flags: { exitZero: false, failOnNew: false },
    shard: null,
    session: {
      connection: { endpoints: [], isEndpointOverridden: false },
      counts: { calls: 7, throttled: 2, retried: 3 },
      clock: clockAt('2026-11-22T02:14:01.000Z'),
    },
    directory: {
      folder: 'not looked at',
      resultFolder: join(await temporaryFolder(), 'result'),
      runId: 'run-1',
      startedAt,
      store: {
        damage: null,
        units: () => [finished],
        poolsOf: async () => pools,
        isFinished: () => true,
        beginUnit: () => {
          throw new Error('Everything is read.');
        },
        close: async () => undefined,
      },
      close: async () => undefined,
    },
    reading: {
      discovery: {
        callerArn: 'arn:aws:iam::999988887777:user/ci',
        organizationId: 'o-a1b2c3d4e5',
        managementAccountId: null,
        accounts: [anAccount()],
        skipped: [],
        unreadFacts: [],
        ...discovery,
      },
      gaps: [],
      unfinished: [],
      interrupted: false,
      ...reading,
    },
    signal: new AbortController().signal,
    ...more,
  });
}

const off = [aPool({ MfaConfiguration: 'OFF' })];

test('what was read is judged and counted, with the requests that it took', async () => {
  const result = await evaluated({ pools: off });
  expect(await listOf(result.accounts())).toEqual([anAccount()]);
  expect(await listOf(result.pools())).toMatchObject([{ status: 'drifted', findings: [{ path: 'MfaConfiguration' }] }]);
  expect(result.head).toMatchObject({
    schemaVersion: '1',
    tool: { name: 'mfa-drift', version },
    complete: true,
    redacted: false,
    summary: {
      accounts: { listed: 1, audited: 1, skipped: 0, failed: 0 },
      pools: { total: 1, drifted: 1 },
      changes: null,
      remediation: null,
      api: { calls: 7, throttled: 2, retried: 3 },
    },
  });
});

test('the run says who read what, when and by which policies', async () => {
  const set = policySet(wantsOn);
  const files = [{ file: 'policies/p.yaml', sha256: 'd'.repeat(64), names: ['wants-on'], text: wantsOn }];
  const settings = {
    ...defaultSettings,
    failOn: 'high',
    accounts: { kind: 'ids', ids: ['111122223333'] },
    regions: { kind: 'list', regions: ['eu-west-1'] },
  } as const;
  const { head } = await evaluated({
    loaded: { settings, set, files, sourceFolder: 'security' },
    flags: { exitZero: false, failOnNew: true, account: ['111122223333'], region: ['eu-west-1'] },
    shard: { index: 1, count: 2 },
    session: {
      connection: { endpoints: ['vpce-1'], isEndpointOverridden: true },
      counts: { calls: 0, throttled: 0, retried: 0 },
      clock: clockAt('2026-11-22T02:14:01.000Z', minuteMs),
    },
  });
  expect(head.run).toEqual({
    id: 'run-1',
    startedAt,
    finishedAt: '2026-11-22T02:15:01.000Z',
    callerArn: 'arn:aws:iam::999988887777:user/ci',
    organizationId: 'o-a1b2c3d4e5',
    shard: { index: 1, count: 2 },
    interrupted: false,
    clocks: 'both',
    endpointOverridden: true,
    endpoints: ['vpce-1'],
    exitCode: 0,
    failOn: 'high',
    failOnNew: true,
    scope: {
      accounts: 'ids',
      filters: { account: ['111122223333'], region: ['eu-west-1'] },
      regions: ['eu-west-1'],
    },
    baseline: null,
    from: null,
    policySetSha256: set.sha256,
    policySet: [
      { name: 'wants-on', severity: 'medium', description: null, controls: [], file: 'policies/p.yaml', line: 3 },
    ],
    policies: files,
    sourceFolder: 'security',
  });
});

test('what a pool that was read does not have it has not: that is no gap', async () => {
  const wantsNone = `${policy('devices')}expect: { UserPool: { DeviceConfiguration: { present: false } } }\n`;
  const pools = [aPool({ MfaConfiguration: 'ON' }, { userPool: read({ Name: 'customers' }) })];
  const result = await evaluated({ text: wantsNone, pools });
  expect(await listOf(result.pools())).toMatchObject([{ status: 'compliant' }]);
});

test('without flags all that is enabled is in scope, and paths count from the root', async () => {
  const { run } = (await evaluated()).head;
  expect(run.scope).toEqual({ accounts: 'caller', filters: {}, regions: 'enabled' });
  expect(run).not.toHaveProperty('sourceFolder');
});

describe('ends with', () => {
  const gap = { scope: 'account', accountId: '111122223333', region: null, poolId: null, ...denied } as const;
  const interrupted = { interrupted: true, unfinished: ['111122223333'] };
  const term = AbortSignal.abort(143);

  test.each<[number, string, Given]>([
    [0, 'nothing drifts', {}],
    [2, 'something does', { pools: off }],
    [3, 'something was not read', { pools: off, reading: { gaps: [gap] } }],
    [0, 'something does, with --exit-zero', { pools: off, flags: { exitZero: true, failOnNew: false } }],
    [143, 'the run was terminated', { reading: interrupted, signal: term }],
    [0, 'a signal came after everything was read', { signal: term }],
  ])('%i where %s', async (exitCode, _what, given) => {
    expect((await evaluated(given)).head.run.exitCode).toBe(exitCode);
  });

  test('an account that failed where the run was interrupted', async () => {
    const { run, summary, complete } = (await evaluated({ reading: interrupted, signal: term })).head;
    expect({ interrupted: run.interrupted, complete }).toEqual({ interrupted: true, complete: false });
    expect(summary.accounts).toEqual({ listed: 1, audited: 0, skipped: 0, failed: 1 });
  });

  test('accounts that were left out beside those that were read', async () => {
    const other = anAccount({ id: '222222222222' });
    const left = { scope: 'account', accountId: other.id, region: null, poolId: null, reason: 'left-out' } as const;
    const result = await evaluated({ discovery: { accounts: [anAccount(), other], skipped: [left] } });
    expect(await listOf(result.skipped())).toEqual([left]);
    expect(result.head.summary.accounts).toEqual({ listed: 2, audited: 1, skipped: 1, failed: 0 });
  });
});

describe('exceptions end by the later of the two clocks on the day that the run began', () => {
  const until = (day: string) =>
    `${wantsOn}---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - reason: Legacy\n    owner: identity@example.com\n    expires: ${day}\n    match: { pools: [eu-west-1_AbCdEf123] }\n    policies: [wants-on]\n`;
  const statusAt = async (day: string, clock: SessionClock) => {
    const session = {
      connection: { endpoints: [], isEndpointOverridden: false },
      clock,
      counts: { calls: 0, throttled: 0, retried: 0 },
    };
    const [pool] = await listOf((await evaluated({ text: until(day), pools: off, session })).pools());
    return pool?.status;
  };

  test('however long the run takes', async () => {
    expect(await statusAt('2026-11-22', clockAt('2026-11-23T08:00:00.000Z'))).toBe('excepted');
    expect(await statusAt('2026-11-21', clockAt('2026-11-22T08:00:00.000Z'))).toBe('drifted');
  });

  test("and not by AWS's alone", async () => {
    expect(await statusAt('2026-11-22', clockAt('2026-11-24T08:00:00.000Z', -2 * 24 * 60 * minuteMs))).toBe('drifted');
  });
});

describe('warns of', () => {
  const nobody = `${policy('nobody')}match: { pools: [nobody] }\nexpect: { MfaConfiguration: "OFF" }\n`;
  const codesOf = async (given: Given = {}) =>
    (await evaluated({ text: nobody, ...given })).head.warnings.map(({ code }) => code);

  test('what matches nothing, where nothing narrows the run', async () => {
    expect(await codesOf()).toEqual(['selector-unused']);
    expect(await codesOf({ shard: { index: 1, count: 2 } })).toEqual([]);
    expect(await codesOf({ flags: { exitZero: false, failOnNew: false, region: ['eu-west-1'] } })).toEqual([]);
    expect(await codesOf({ flags: { exitZero: false, failOnNew: false, account: ['111122223333'] } })).toEqual([]);
  });

  test('nothing that an account or a region is there for, read or not', async () => {
    const text = `${policy('here')}match: { accounts: ["111122223333"], regions: [eu-west-1] }\nexpect: { MfaConfiguration: "OFF" }\n`;
    expect(await codesOf({ text })).toEqual([]);
  });

  test('what matches nothing as far as an interrupted run goes', async () => {
    const reading = { interrupted: true, unfinished: ['111122223333'] };
    const { warnings } = (await evaluated({ text: nobody, reading, pools: [] })).head;
    expect(warnings.map(({ message }) => message)).toEqual([
      'policy nobody: pools "nobody" matched nothing in what was read (a part of the accounts and 1 account were not)',
    ]);
  });

  test('its clocks and what is not known of accounts, first', async () => {
    const counts = { calls: 0, throttled: 0, retried: 0 };
    const connection = { endpoints: [], isEndpointOverridden: false };
    const session = { connection, counts, clock: clockAt('2026-11-22T02:14:01.000Z', null) };
    const unreadFacts = [{ fact: 'tags', failure: denied, accounts: 2 }] as const;
    expect(await codesOf({ session, discovery: { unreadFacts } })).toEqual([
      'clock-alone',
      'fact-unread',
      'selector-unused',
    ]);
    expect((await evaluated({ session })).head.run.clocks).toBe('own');
  });
});
