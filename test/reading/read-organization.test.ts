import { noReads, readSet } from '../../src/domain/model/api/reads.ts';
import { describe, expect, it } from 'vitest';
import { generateFleet } from '../../src/sandbox/fleet/generate/generate.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { started } from '../sandbox/clients.ts';
import { fleet, hr, hrAccount, management, shop, shopAccount } from './fleets.ts';
import { readSandbox, type Reading } from './reading.ts';
import { hastyClock } from './virtual-clock.ts';

const descriptions = readSet(['userPool']);

const ireland = { kind: 'list', regions: ['eu-west-1'] } as const;
const allFactors = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;

function statuses(reading: Reading): Record<string, string> {
  return Object.fromEntries(
    [...reading.units].map(([place, { unit }]) => [
      place,
      [unit.status, unit.skipReason ?? unit.failure?.code].filter(Boolean).join(' '),
    ]),
  );
}

function poolIds(reading: Reading): string[] {
  return [...reading.units.values()].flatMap(({ pools }) => pools.map(({ poolId }) => poolId)).sort();
}

describe('reading an organization', () => {
  it('asks each thing once: one AssumeRole an account, one read a pool, no request with a bad signature', async () => {
    const sandbox = await startSandbox({
      fleet: generateFleet({ seed: 4, accounts: 12, pools: 150 }),
      recordCalls: true,
    });
    const reading = await readSandbox(sandbox);
    await sandbox.close();
    const asked = sandbox.calls.entries.map((call) => call.operation);
    const reads = sandbox.calls.entries.filter((call) => call.operation === 'GetUserPoolMfaConfig');
    const audited = reading.discovery.accounts.length - reading.discovery.skipped.length;
    expect(asked.filter((name) => name === 'GetCallerIdentity')).toHaveLength(1);
    expect(asked.filter((name) => name === 'DescribeOrganization')).toHaveLength(1);
    expect(asked.filter((name) => name === 'AssumeRole')).toHaveLength(audited - 1);
    expect(new Set(reads.map(({ accountId, region, poolId }) => `${accountId}/${region}/${poolId}`)).size).toBe(
      reads.length,
    );
    expect(asked).not.toContain('DescribeUserPool');
    expect(sandbox.calls.badSignatures).toBe(0);
    expect(reading.counts).toEqual({ calls: asked.length, throttled: 0, retried: 0 });
    expect(reading.interrupted).toBe(false);
  });

  it('sends every request with the credentials of the account that it is about', async () => {
    const sandbox = await started(fleet());
    const reading = await readSandbox(sandbox);
    const owners = new Map<string, Set<string>>();
    for (const { service, accessKeyId, accountId } of sandbox.calls.entries) {
      if (service !== 'cognito-idp' || accessKeyId === null) continue;
      owners.set(accessKeyId, (owners.get(accessKeyId) ?? new Set()).add(accountId ?? ''));
    }
    expect([...owners.values()].map((accounts) => [...accounts])).toEqual(
      expect.arrayContaining([[management], [shop], [hr]]),
    );
    expect(owners.size).toBe(3);
    for (const [place, { pools }] of reading.units)
      expect(pools.map(({ poolName }) => `${place} ${poolName}`).join()).toMatch(
        /^$|222222222222.* customers|333333333333.* staff/,
      );
  });

  it('keeps members that no model knows, top-level and nested', async () => {
    const mfa = {
      ...allFactors,
      PasskeyPolicy: { Attested: true },
      EmailMfaConfiguration: { Message: '{####}', Locale: 'de' },
    };
    const pools = [{ name: 'new', regions: ['eu-west-1'], mfa, userPool: { Horizon: { Depth: 1 } }, tags: { a: 'b' } }];
    const sandbox = await started(fleet({ accounts: [{ id: management, name: 'management', pools }] }));
    const reading = await readSandbox(sandbox, {
      scope: { regions: ireland },
      needs: { furtherReads: () => descriptions },
    });
    const [pool] = reading.units.get(`${management}/eu-west-1`)?.pools ?? [];
    expect(pool?.mfaConfig).toEqual({ read: true, value: mfa });
    expect(pool?.userPool).toMatchObject({ read: true, value: { Horizon: { Depth: 1 }, UserPoolTags: { a: 'b' } } });
    expect(pool?.requestId).toMatch(/\S/);
  });

  it('describes only the pools that need it', async () => {
    const pools = [{ name: 'p', count: 5, regions: ['eu-west-1'] }];
    const sandbox = await started(fleet({ accounts: [{ id: management, name: 'management', pools }] }));
    const reading = await readSandbox(sandbox, {
      needs: {
        furtherReads: (owner, region, _id, name) =>
          owner.id === management && region === 'eu-west-1' && name === 'p-3' ? descriptions : noReads,
      },
    });
    const described = reading.units.get(`${management}/eu-west-1`)?.pools.filter(({ userPool }) => userPool !== null);
    expect(described?.map(({ poolName }) => poolName)).toEqual(['p-3']);
    expect(sandbox.calls.count('DescribeUserPool')).toBe(1);
  });

  it('reads every page of a large unit, past empty pages', async () => {
    const pools = [{ name: 'p', count: 200, regions: ['eu-west-1'] }];
    const sandbox = await started(
      fleet({ emptyPages: 0.5, quotas: 'off', accounts: [{ id: management, name: 'management', pools }] }),
    );
    const reading = await readSandbox(sandbox, {
      limits: {
        quotas: {
          UserPoolRead: 500,
          UserPoolResourceRead: 500,
          UserPoolResourceUpdate: 15,
          UserList: 30,
          UserRead: 120,
          LookupEvents: 2,
        },
      },
    });
    expect(new Set(poolIds(reading)).size).toBe(200);
    expect(reading.units.get(`${management}/eu-west-1`)?.unit).toMatchObject({ status: 'read', pools: 200 });
  });

  it('skips a pool that was deleted between list and read', async () => {
    const pools = [
      { name: 'gone', regions: ['eu-west-1'], id: 'eu-west-1_Gone', vanishes: true },
      { name: 'here', regions: ['eu-west-1'], id: 'eu-west-1_Here' },
    ];
    const sandbox = await started(fleet({ accounts: [{ id: management, name: 'management', pools }] }));
    const reading = await readSandbox(sandbox, { needs: { furtherReads: () => descriptions } });
    const unit = reading.units.get(`${management}/eu-west-1`);
    expect(unit?.gone).toEqual(['eu-west-1_Gone']);
    expect(unit?.pools.map(({ poolId }) => poolId)).toEqual(['eu-west-1_Here']);
    expect(unit?.unit).toMatchObject({ status: 'read', failure: null, pools: 2 });
  });

  /** On a busy machine requests arrive in bunches; a pace that is a twentieth too fast would show. */
  it('keeps within the quotas of the service with the whole quota allowed', async () => {
    const pools = [{ name: 'p', count: 80, regions: ['eu-west-1'] }];
    const sandbox = await started(fleet({ accounts: [{ id: management, name: 'management', pools }] }));
    const reading = await readSandbox(sandbox, {
      scope: { regions: ireland },
      needs: { furtherReads: () => descriptions },
    });
    const refused = sandbox.calls.count(undefined, 'TooManyRequestsException');
    expect(refused).toBeLessThan(sandbox.calls.count() / 20);
    expect(reading.counts.throttled).toBe(refused);
    expect(poolIds(reading)).toHaveLength(80);
  });

  it('does not read again what an earlier run has finished', async () => {
    const sandbox = await started(fleet());
    const reading = await readSandbox(sandbox, { scope: { regions: ireland }, finished: [`${shop}/eu-west-1`] });
    expect([...reading.units.keys()].sort()).toEqual([`${management}/eu-west-1`, `${hr}/eu-west-1`]);
    expect(
      sandbox.calls.entries.some(({ service, accountId }) => service === 'cognito-idp' && accountId === shop),
    ).toBe(false);
    expect(reading.progress).toMatchObject({
      unitsDone: 3,
      unitsTotal: 3,
      accountsDone: 3,
      accountsTotal: 3,
      pools: 1,
    });
  });
});

describe('what could not be read', () => {
  it('is a gap of the account whose role can not be assumed; the others are complete', async () => {
    const sandbox = await started(
      fleet({
        accounts: [
          shopAccount({ id: management, pools: [] }),
          shopAccount({ roles: { MfaDriftAudit: { trusts: [] } } }),
          hrAccount(),
        ],
      }),
    );
    const reading = await readSandbox(sandbox, { scope: { regions: ireland } });
    expect(reading.gaps).toHaveLength(1);
    expect(reading.gaps[0]).toMatchObject({ scope: 'account', accountId: shop, region: null, code: 'AccessDenied' });
    expect(reading.gaps[0]?.message).toContain(
      'sts:AssumeRole: AccessDenied: User: arn:aws:iam::111111111111:user/auditor',
    );
    expect(reading.gaps[0]?.remedy).toContain('trust policy');
    expect(statuses(reading)).toEqual({ [`${management}/eu-west-1`]: 'read', [`${hr}/eu-west-1`]: 'read' });
    expect(sandbox.calls.count('AssumeRole')).toBe(2);
  });

  it('is a gap of each pool for a role without GetUserPoolMfaConfig, never a verdict', async () => {
    const sandbox = await started(
      fleet({
        accounts: [
          { id: management, name: 'm' },
          shopAccount({ roles: { MfaDriftAudit: { lacks: ['cognito-idp:GetUserPoolMfaConfig'] } } }),
        ],
      }),
    );
    const reading = await readSandbox(sandbox, { scope: { regions: ireland } });
    const [pool] = reading.units.get(`${shop}/eu-west-1`)?.pools ?? [];
    expect(pool?.mfaConfig).toMatchObject({ read: false, failure: { code: 'AccessDenied' } });
    expect(pool?.mfaConfig.read === false && pool.mfaConfig.failure.remedy).toContain(
      'cognito-idp:GetUserPoolMfaConfig',
    );
    expect(reading.units.get(`${shop}/eu-west-1`)?.unit.status).toBe('read');
    expect(sandbox.calls.count('GetUserPoolMfaConfig')).toBe(1);
  });

  it('is a gap of the region that a service control policy denies, with the way to leave it out', async () => {
    const organization = {
      managementAccount: management,
      serviceControlPolicies: [
        { id: 'p-denyregion', attachedTo: ['/Workloads/Prod'], actions: ['cognito-idp:*'], regions: ['eu-central-1'] },
      ],
    };
    const sandbox = await started(fleet({ organization }));
    const reading = await readSandbox(sandbox, { scope: { regions: { kind: 'list', regions: ['eu-central-1'] } } });
    const denied = reading.units.get(`${shop}/eu-central-1`)?.unit;
    expect(denied).toMatchObject({ status: 'gap', failure: { code: 'AccessDenied' } });
    expect(denied?.failure?.remedy).toMatch(/regions\.exclude.*exception/);
    expect(reading.units.get(`${hr}/eu-central-1`)?.unit.status).toBe('read');
  });

  it('does not appear at all under faults of every kind that pass', async () => {
    const accounts = [
      { id: management, name: 'm' },
      shopAccount({ pools: [{ name: 'p', count: 120, regions: ['eu-west-1', 'us-east-1'] }] }),
      hrAccount(),
    ];
    const calm = await started(fleet({ quotas: 'off', accounts }));
    const stormy = await started(fleet({ quotas: 'off', accounts }), {
      faults: {
        seed: 7,
        faults: [
          { fault: 'throttle', rate: 0.1 },
          { fault: 'http500', rate: 0.05 },
          { fault: 'resetBefore', rate: 0.01 },
          { fault: 'resetAfter', rate: 0.01 },
          { fault: 'truncate', rate: 0.005 },
          { fault: 'cutBody', rate: 0.005 },
          { fault: 'notJson', rate: 0.01 },
        ],
      },
    });
    const limits = {
      quotas: {
        UserPoolRead: 2000,
        UserPoolResourceRead: 2000,
        UserPoolResourceUpdate: 15,
        UserList: 30,
        UserRead: 120,
        LookupEvents: 2,
      },
    };
    const scope = { regions: { kind: 'list', regions: ['eu-west-1', 'us-east-1'] } } as const;
    const [undisturbed, reading] = [
      await readSandbox(calm, { limits, scope, clock: hastyClock }),
      await readSandbox(stormy, { limits, scope, clock: hastyClock }),
    ];
    expect(reading.gaps).toEqual([]);
    expect(statuses(reading)).toEqual(statuses(undisturbed));
    expect(readings(reading)).toEqual(readings(undisturbed));
    expect(reading.counts.throttled).toBeGreaterThan(0);
    expect(reading.counts.retried).toBeGreaterThan(reading.counts.throttled);
  });

  it('is a gap of the code that fits when a fault does not pass', async () => {
    const kinds = {
      http500: 'server-error',
      notJson: 'server-error',
      truncate: 'malformed',
      cutBody: 'malformed',
      resetBefore: 'network',
    } as const;
    for (const [fault, code] of Object.entries(kinds)) {
      const sandbox = await started(fleet({ quotas: 'off' }), {
        faults: {
          faults: [{ fault: fault as keyof typeof kinds, operations: ['GetUserPoolMfaConfig'], accounts: [shop] }],
        },
      });
      const reading = await readSandbox(sandbox, { scope: { regions: ireland }, clock: hastyClock });
      const [pool] = reading.units.get(`${shop}/eu-west-1`)?.pools ?? [];
      expect(pool?.mfaConfig.read === false && [fault, pool.mfaConfig.failure.code]).toEqual([fault, code]);
      expect(sandbox.calls.count('GetUserPoolMfaConfig')).toBe(8 + 1);
    }
  });

  it('is a network gap when the service hangs; the time-out ends the request', async () => {
    const sandbox = await started(fleet({ quotas: 'off' }), {
      faults: { faults: [{ fault: 'hang', operations: ['ListUserPools'], accounts: [shop] }] },
    });
    const reading = await readSandbox(sandbox, { scope: { regions: ireland }, readTimeoutMs: 100, clock: hastyClock });
    expect(reading.units.get(`${shop}/eu-west-1`)?.unit).toMatchObject({ status: 'gap', failure: { code: 'network' } });
    expect(reading.units.get(`${hr}/eu-west-1`)?.unit.status).toBe('read');
  });
});

/** What was read of each pool, without the moment and the request's id. */
function readings(reading: Reading): unknown[] {
  return [...reading.units.values()]
    .flatMap(({ unit, pools }) =>
      pools.map(({ poolId, mfaConfig }) => `${unit.accountId}/${unit.region}/${poolId} ${JSON.stringify(mfaConfig)}`),
    )
    .sort();
}
