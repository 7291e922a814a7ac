import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fleet } from '../../src/sandbox/fleet/fleet.ts';
import { generateFleet } from '../../src/sandbox/fleet/generate/generate.ts';
import { setUserPoolMfaConfig, switchesWithDefaults } from '../../src/sandbox/cognito/user-pools.ts';

function poolsOf({ accounts }: Fleet) {
  return accounts.flatMap(({ pools }) => pools.map(({ pool }) => pool));
}

describe('a made-up fleet', () => {
  it('has the sizes that were asked for, ids of its own, and is the same for the same seed', () => {
    assert(
      property(
        integer({ min: 0, max: 1_000_000 }),
        integer({ min: 1, max: 40 }),
        integer({ min: 0, max: 300 }),
        (seed, accounts, pools) => {
          const fleet = generateFleet({ seed, accounts, pools });
          expect(fleet.accounts).toHaveLength(accounts);
          expect(poolsOf(fleet)).toHaveLength(pools);
          const ids = fleet.accounts.map(({ id }) => id);
          expect(new Set(ids).size).toBe(accounts);
          expect(ids.every((id) => /^\d{12}$/.test(id))).toBe(true);
          const places = poolsOf(fleet).map(({ accountId, region, id }) => `${accountId}/${region}/${id}`);
          expect(new Set(places).size).toBe(pools);
          expect(generateFleet({ seed, accounts, pools })).toEqual(fleet);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of some size has every state of accounts, every mode and factor, and every way to be denied', () => {
    const fleet = generateFleet({ seed: 1, accounts: 300, pools: 3000 });
    const states = new Set(fleet.accounts.map(({ state }) => state));
    expect(states).toEqual(new Set(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION']));
    const roles = fleet.accounts.slice(1).map(({ roles: [role] }) => role);
    expect(roles).toContain(undefined);
    expect(roles.some((role) => role?.trusts.length === 0)).toBe(true);
    expect(roles.some((role) => role?.externalId === 'of-another-tool')).toBe(true);
    const lacked = new Set(roles.flatMap((role) => role?.permissions.lacks.map(({ action }) => action) ?? []));
    expect(lacked).toEqual(
      new Set([
        'cognito-idp:GetUserPoolMfaConfig',
        'cognito-idp:ListUserPools',
        'cognito-idp:DescribeUserPool',
        'account:ListRegions',
      ]),
    );
    expect(fleet.accounts.some(({ regions }) => regions['me-central-1'] === 'DISABLED')).toBe(true);
    const members = new Set(poolsOf(fleet).flatMap(({ mfaConfig }) => Object.keys(mfaConfig)));
    expect(members).toEqual(
      new Set([
        'MfaConfiguration',
        'SoftwareTokenMfaConfiguration',
        'SmsMfaConfiguration',
        'EmailMfaConfiguration',
        'WebAuthnConfiguration',
        'CarrierPigeonMfaConfiguration',
      ]),
    );
    expect(new Set(poolsOf(fleet).map(({ mfaConfig }) => mfaConfig['MfaConfiguration']))).toEqual(
      new Set(['OFF', 'OPTIONAL', 'ON']),
    );
    expect(fleet.accounts.some(({ pools }) => pools.some(({ vanishes }) => vanishes))).toBe(true);
  });

  it('spreads its pools unevenly: some units have none, one has many times its share', () => {
    const fleet = generateFleet({ seed: 2, accounts: 100, pools: 2000 });
    const units = fleet.accounts.flatMap(({ pools }) =>
      ['eu-west-1', 'eu-central-1', 'us-east-1', 'me-central-1'].map(
        (region) => pools.filter(({ pool }) => pool.region === region).length,
      ),
    );
    expect(units.filter((count) => count === 0).length).toBeGreaterThan(100);
    expect(Math.max(...units)).toBeGreaterThan((4 * 2000) / units.length);
  });

  it('holds only states that the service accepts: what a pool has, sent as it is, is not refused', () => {
    const switches = switchesWithDefaults({});
    for (const pool of poolsOf(generateFleet({ seed: 3, accounts: 40, pools: 1500 }))) {
      const { SmsMfaConfiguration, ...config } = pool.mfaConfig;
      const factors =
        config['MfaConfiguration'] === 'OFF' || SmsMfaConfiguration === undefined ? {} : { SmsMfaConfiguration };
      const outcome = setUserPoolMfaConfig(pool, { UserPoolId: pool.id, ...config, ...factors }, switches);
      expect(outcome).toMatchObject({ ok: true });
    }
  });

  it('refuses sizes that make no fleet', () => {
    expect(() => generateFleet({ seed: 1, accounts: 0, pools: 1 })).toThrow(/at least one account/);
    expect(() => generateFleet({ seed: 1, accounts: 1, pools: 1, regions: [] })).toThrow(/need a region/);
  });
});
