import { describe, expect, it } from 'vitest';
import { started } from '../sandbox/clients.ts';
import { account, fleet, hr, hrAccount, management, shop, shopAccount } from './fleets.ts';
import { readSandbox } from './reading.ts';
import { hastyClock } from './virtual-clock.ts';

const ireland = { kind: 'list', regions: ['eu-west-1'] } as const;
const hour = 3_600_000;

describe("the caller's credentials", () => {
  it.each([
    ['missing', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, /No AWS credentials were found.*aws sso login/],
    ['wrong', { AWS_SECRET_ACCESS_KEY: 'wrong' }, /SignatureDoesNotMatch.*AWS_SECRET_ACCESS_KEY/],
    ['unknown', { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }, /InvalidClientTokenId.*AWS_ACCESS_KEY_ID/],
  ])('that are %s end the run with the way out', async (_name, environment, message) => {
    const sandbox = await started(fleet());
    await expect(readSandbox(sandbox, { environment })).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 1,
      message: expect.stringMatching(message) as string,
    });
  });

  it('that have expired end the run with the way out', async () => {
    const clock = { now: Date.now() - 13 * hour };
    const sandbox = await started(fleet({ caller: { account: management, role: 'Runner' } }), { now: () => clock.now });
    clock.now = Date.now();
    await expect(readSandbox(sandbox)).rejects.toThrow(/session has expired.*ExpiredToken.*Sign in again/);
  });
});

describe('a role', () => {
  it('whose external id is wrong is a gap, and the id is nowhere', async () => {
    const sandbox = await started(fleet({ roles: { MfaDriftAudit: { externalId: 'right' } } }));
    const wrong = await readSandbox(sandbox, { scope: { regions: ireland }, role: { externalId: 'not-that-one' } });
    expect(wrong.gaps.map(({ accountId, code }) => [accountId, code])).toEqual([
      [shop, 'AccessDenied'],
      [hr, 'AccessDenied'],
    ]);
    expect(JSON.stringify(wrong.gaps)).not.toContain('not-that-one');
    const right = await readSandbox(sandbox, { scope: { regions: ireland }, role: { externalId: 'right' } });
    expect(right.gaps).toEqual([]);
  });

  it('is assumed again when the service ends its session in the middle, and no pool is lost', async () => {
    const pools = [{ name: 'p', count: 100, regions: ['eu-west-1'] }];
    const sandbox = await started(
      fleet({ quotas: 'off', accounts: [account({ id: management }), shopAccount({ pools })] }),
      {
        faults: { faults: [{ fault: 'expireSession', operations: ['GetUserPoolMfaConfig'], after: 40, count: 1 }] },
      },
    );
    const reading = await readSandbox(sandbox, {
      scope: { regions: ireland },
      limits: {
        quotas: {
          UserPoolRead: 1000,
          UserPoolResourceRead: 1000,
          UserPoolResourceUpdate: 1,
          UserList: 30,
          UserRead: 120,
          LookupEvents: 2,
        },
      },
      clock: hastyClock,
    });
    expect(sandbox.calls.count('AssumeRole')).toBe(2);
    expect(reading.units.get(`${shop}/eu-west-1`)?.pools.filter(({ mfaConfig }) => mfaConfig.read)).toHaveLength(100);
  });

  it('is not assumed again and again once that is refused', async () => {
    const pools = [{ name: 'p', count: 30, regions: ['eu-west-1'] }];
    const sandbox = await started(
      fleet({ quotas: 'off', accounts: [account({ id: management }), shopAccount({ pools })] }),
      {
        faults: {
          faults: [
            { fault: 'expireSession', operations: ['GetUserPoolMfaConfig'], after: 5, count: 1 },
            { fault: 'http500', operations: ['AssumeRole'], after: 1 },
          ],
        },
      },
    );
    const reading = await readSandbox(sandbox, { scope: { regions: ireland }, clock: hastyClock });
    const { unit, pools: read } = reading.units.get(`${shop}/eu-west-1`) ?? { unit: null, pools: [] };
    // The last five in a row, as they were listed; whether one before them failed too is a matter of which call was under way.
    const unread = read.filter(({ mfaConfig }) => !mfaConfig.read);
    expect(read.slice(-5).map(({ mfaConfig }) => mfaConfig.read)).toEqual([false, false, false, false, false]);
    expect(read.length).toBeLessThan(30);
    expect(sandbox.calls.count('AssumeRole')).toBeLessThanOrEqual(1 + 2 * 8);
    expect(unread[0]?.mfaConfig).toMatchObject({ failure: { code: 'server-error' } });
    expect(unit).toMatchObject({ status: 'gap', failure: { code: 'server-error' } });
  });

  it('of a chain gets the hour that chaining allows, and the run says so once', async () => {
    const roles = { MfaDriftAudit: { maxSessionSeconds: 43_200 } };
    const sandbox = await started(fleet({ roles, caller: { account: management, role: 'Runner' } }));
    const reading = await readSandbox(sandbox, { scope: { regions: ireland }, role: { durationSeconds: 7200 } });
    expect(reading.gaps).toEqual([]);
    expect(reading.notices).toHaveLength(1);
    expect(reading.notices[0]).toMatch(/durationSeconds: 7200.*3600/);
  });
});

describe('a clock', () => {
  it.each([hour, -hour])('that is %i ms off is corrected, and roles are still assumed once', async (offMs) => {
    const sandbox = await started(fleet(), { now: () => Date.now() + offMs });
    const reading = await readSandbox(sandbox, { scope: { regions: ireland } });
    expect(reading.gaps).toEqual([]);
    expect([...reading.units.values()].map(({ unit }) => unit.status)).toEqual(['read', 'read', 'read']);
    expect(sandbox.calls.count('AssumeRole')).toBe(2);
    expect(sandbox.calls.badSignatures).toBeLessThanOrEqual(1);
  });
});

describe('an interruption', () => {
  it('ends soon, with what is known; units that were not finished are not in it', async () => {
    const pools = [{ name: 'p', count: 600, regions: ['eu-west-1'] }];
    const sandbox = await started(
      fleet({ accounts: [account({ id: management }), shopAccount({ pools }), hrAccount()] }),
    );
    const interruption = new AbortController();
    let seen = 0;
    const reading = await readSandbox(sandbox, {
      scope: { regions: ireland },
      signal: interruption.signal,
      onPools(observations) {
        seen += observations.length;
        if (seen >= 60) interruption.abort(new Error('SIGINT'));
      },
    });
    expect(reading.interrupted).toBe(true);
    expect(reading.unfinished).toEqual([shop]);
    expect(reading.units.has(`${shop}/eu-west-1`)).toBe(false);
    expect(reading.units.get(`${hr}/eu-west-1`)?.unit.status).toBe('read');
    const calls = sandbox.calls.count();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sandbox.calls.count()).toBe(calls);
    expect(calls).toBeLessThan(200);
  });

  it('before any account is known ends with none', async () => {
    const sandbox = await started(fleet(), { faults: { faults: [{ fault: 'hang', operations: ['ListAccounts'] }] } });
    const interruption = new AbortController();
    const polling = setInterval(() => {
      if (sandbox.calls.count('ListAccounts') > 0) interruption.abort(new Error('SIGINT'));
    }, 20);
    const reading = await readSandbox(sandbox, { signal: interruption.signal }).finally(() => clearInterval(polling));
    expect(reading).toMatchObject({
      interrupted: true,
      gaps: [],
      discovery: { accounts: [], callerArn: expect.stringContaining(management) },
    });
  });

  it('before the caller is known rejects with its reason', async () => {
    const sandbox = await started(fleet());
    await expect(readSandbox(sandbox, { signal: AbortSignal.abort(new Error('SIGINT')) })).rejects.toThrow('SIGINT');
  });
});
