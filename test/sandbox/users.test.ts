import {
  AdminGetUserAuthFactorsCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  DescribeUserPoolCommand,
  ListUsersCommand,
  type ListUsersCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import { clients, keysOf, refusal, started } from './clients.ts';
import { member, smallFleet } from './small-fleet.ts';

const UserPoolId = 'eu-west-1_Customers';

function fleetWith(changes: Partial<FleetDocument> = {}): FleetDocument {
  const fleet = smallFleet(changes);
  const directory = [
    { name: 'ada', factors: ['SOFTWARE_TOKEN_MFA' as const], preferred: 'SOFTWARE_TOKEN_MFA' as const },
    { name: 'grace', attributes: ['phone_number' as const], enabled: false },
    { name: 'sso', status: 'EXTERNAL_PROVIDER' },
    { name: 'many', count: 130, signedUp: ['2026-01-01', '2026-06-30'] },
  ];
  const accounts = fleet.accounts.map((account) => ({
    ...account,
    pools: account.pools?.map((each) => (each.id === UserPoolId ? { ...each, directory } : each)) ?? [],
  }));
  return { ...fleet, accounts };
}

async function pool(changes: Partial<FleetDocument> = {}) {
  const sandbox = await started(fleetWith(changes));
  const { cognito } = clients(sandbox, keysOf(sandbox, member));
  const list = (more: Partial<ListUsersCommandInput> = {}) =>
    cognito.send(new ListUsersCommand({ UserPoolId, ...more }));
  return { cognito, list };
}

describe('users, through the SDK', () => {
  it('are listed sixty a page, each once, and counted by the description', async () => {
    const { cognito, list } = await pool();
    const names: (string | undefined)[] = [];
    for (let token: string | undefined, pages = 0; pages === 0 || token !== undefined; pages += 1) {
      const page = await list(token === undefined ? {} : { PaginationToken: token });
      expect(page.Users?.length).toBeLessThanOrEqual(60);
      names.push(...(page.Users ?? []).map(({ Username }) => Username));
      token = page.PaginationToken;
    }
    expect([names.length, new Set(names).size]).toEqual([133, 133]);
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.EstimatedNumberOfUsers).toBe(133);
  });

  it.each([
    ['sub ^= "019"', 130],
    ['username = "ada"', 1],
    ['email ^= "many-12"', 11],
    ['cognito:user_status = "EXTERNAL_PROVIDER"', 1],
    ['status = "Disabled"', 1],
  ])('are found by the filter %s: %i', async (Filter, count) => {
    const { list } = await pool();
    const first = await list({ Filter });
    const PaginationToken = first.PaginationToken;
    const second = PaginationToken === undefined ? null : await list({ Filter, PaginationToken });
    const third =
      second?.PaginationToken === undefined ? null : await list({ Filter, PaginationToken: second.PaginationToken });
    expect([first, second, third].flatMap((page) => page?.Users ?? [])).toHaveLength(count);
  });

  it('are not listed more than sixty at a time, by what is no filter, or by an attribute that one of them lacks', async () => {
    const { list } = await pool();
    for (const wrong of [
      { Limit: 61 },
      { Filter: 'sub like "0"' },
      { AttributesToGet: ['phone_number'] },
      { PaginationToken: 'x' },
    ]) {
      expect(await refusal(list(wrong))).toMatchObject({ name: 'InvalidParameterException', status: 400 });
    }
    const { Users = [] } = await list({ AttributesToGet: ['sub'], Limit: 1 });
    expect(Users[0]?.Attributes).toEqual([{ Name: 'sub', Value: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });

  it('by prefixes of sub are found by nobody, or refused, as the switch says: nobody has measured it', async () => {
    const Filter = 'sub ^= "019"';
    const silent = await pool({ switches: { 'prefix-of-sub': 'finds-nobody' } });
    expect((await silent.list({ Filter })).Users).toEqual([]);
    const refusing = await pool({ switches: { 'prefix-of-sub': 'rejected' } });
    expect((await refusal(refusing.list({ Filter }))).name).toBe('InvalidParameterException');
  });

  it('say their factors, by name and by sub, and have no list where they have none', async () => {
    const { cognito, list } = await pool();
    const { Users = [] } = await list({ Filter: 'username = "ada"' });
    const sub = Users[0]?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
    for (const Username of ['ada', sub]) {
      const { $metadata: _, ...factors } = await cognito.send(
        new AdminGetUserAuthFactorsCommand({ UserPoolId, Username }),
      );
      expect(factors).toEqual({
        Username: 'ada',
        PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
        UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
        ConfiguredUserAuthFactors: ['PASSWORD'],
      });
    }
    const grace = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'grace' }));
    expect(grace.Enabled).toBe(false);
    expect(grace).not.toHaveProperty('UserMFASettingList');
    const nobody = cognito.send(new AdminGetUserAuthFactorsCommand({ UserPoolId, Username: 'nobody' }));
    expect((await refusal(nobody)).name).toBe('UserNotFoundException');
  });

  it('have their preference set, TOTP only where it is registered, and a registration outlives its preference', async () => {
    const { cognito } = await pool();
    const set = (Username: string, Enabled: boolean) =>
      cognito.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId,
          Username,
          SoftwareTokenMfaSettings: { Enabled, PreferredMfa: Enabled },
        }),
      );
    const factors = () => cognito.send(new AdminGetUserAuthFactorsCommand({ UserPoolId, Username: 'ada' }));
    expect((await refusal(set('many-1', true))).name).toBe('InvalidParameterException');
    await set('ada', false);
    expect(await factors()).not.toHaveProperty('PreferredMfaSetting');
    await set('ada', true);
    expect((await factors()).PreferredMfaSetting).toBe('SOFTWARE_TOKEN_MFA');
  });

  it('are read 120 a second and listed 30 a second, each for itself', async () => {
    const { cognito, list } = await pool({ quotas: { UserList: 2, UserRead: 3 } });
    const ends = await Promise.all(
      Array.from({ length: 4 }, () =>
        list({ Limit: 1 }).then(
          () => 'ok',
          ({ name }) => name,
        ),
      ),
    );
    expect(ends.filter((end) => end === 'ok').length).toBeLessThan(4);
    expect(ends).toContain('TooManyRequestsException');
    await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'ada' }));
  });
});
