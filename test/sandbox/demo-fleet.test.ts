import { describe, expect, it } from 'vitest';
import { setUserPoolMfaConfig, switchesWithDefaults } from '../../src/sandbox/cognito/user-pools.ts';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';

const fleet = loadFleet('demo/fleet.yaml');
const placed = fleet.accounts.flatMap(({ pools }) => pools);

describe('the demo fleet', () => {
  it('is big enough to show something, and small enough to be audited in seconds', () => {
    expect(fleet.accounts.length).toBeGreaterThanOrEqual(22);
    expect(placed.length).toBeGreaterThanOrEqual(120);
    expect(new Set(placed.map(({ pool }) => pool.region)).size).toBeGreaterThanOrEqual(4);
    // At half of its quota a unit reads 7.5 pools a second with DescribeUserPool: 20 pools take less than 3 seconds.
    const units = placed.map(({ pool }) => `${pool.accountId}/${pool.region}`);
    const biggest = Math.max(...[...new Set(units)].map((unit) => units.filter((each) => each === unit).length));
    expect(biggest).toBeLessThanOrEqual(20);
  });

  it('has accounts in every state, and every way not to be read', () => {
    expect(new Set(fleet.accounts.map(({ state }) => state)).size).toBe(5);
    const role = (name: string) => fleet.accounts.find((account) => account.name === name)?.roles[0];
    expect(role('network')?.trusts).toEqual([]);
    expect(role('legacy-billing-prod')?.name).toBe('MfaDriftRemediate');
    expect(role('acquired-prod')?.externalId).not.toBe(role('shop-prod')?.externalId);
    expect(role('support-prod')?.permissions.lacks[0]?.action).toBe('cognito-idp:GetUserPoolMfaConfig');
    expect(role('media-prod')?.permissions.lacks[0]?.action).toBe('account:ListRegions');
    expect(fleet.organization?.serviceControlPolicies[0]?.regions).toContain('us-west-2');
    expect(placed.filter(({ vanishes }) => vanishes)).toHaveLength(1);
    expect(placed.some(({ pool }) => pool.region !== pool.primaryRegion)).toBe(true);
    expect(placed.some(({ pool }) => 'PushMfaConfiguration' in pool.mfaConfig)).toBe(true);
  });

  it('holds only states that the service accepts: what a pool has, sent as it is, is not refused', () => {
    const switches = switchesWithDefaults({});
    for (const { pool } of placed) {
      const outcome = setUserPoolMfaConfig(pool, { UserPoolId: pool.id, ...pool.mfaConfig }, switches);
      expect(outcome, `${pool.accountId} ${pool.name}`).toMatchObject({ ok: true });
    }
  });
});
