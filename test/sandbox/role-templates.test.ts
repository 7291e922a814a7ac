import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { assume, clients, refusal, started } from './clients.ts';
import { member, smallFleet } from './small-fleet.ts';

const UserPoolId = 'eu-west-1_Customers';
const totp = { UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
const withSms = (role: string) => ({
  ...totp,
  SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${member}:role/${role}`, ExternalId: 'x' } },
});

/** As the role of the one account whose pool has these tags. */
async function as(like: 'audit-role' | 'remediation-role', tags: Record<string, string> = {}) {
  const fleet = smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', like } } });
  const accounts = fleet.accounts.map((account) =>
    account.id === member ? { ...account, pools: account.pools?.map((pool) => ({ ...pool, tags })) ?? [] } : account,
  );
  const sandbox = await started({ ...fleet, accounts });
  return clients(sandbox, await assume(sandbox, member));
}

describe('like: audit-role', () => {
  it('lists regions and pools, and reads a pool', async () => {
    const { cognito } = await as('audit-role');
    await expect(cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))).resolves.toBeDefined();
    await expect(cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).resolves.toBeDefined();
    await expect(cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))).resolves.toBeDefined();
  });

  it('neither writes, nor reads what the template does not name', async () => {
    const { cognito } = await as('audit-role');
    const denied = { name: 'AccessDeniedException' };
    expect(await refusal(cognito.send(new SetUserPoolMfaConfigCommand(totp)))).toMatchObject(denied);
    const ResourceArn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/${UserPoolId}`;
    expect(await refusal(cognito.send(new ListTagsForResourceCommand({ ResourceArn })))).toMatchObject(denied);
  });
});

describe('like: remediation-role', () => {
  it('writes, and does not list', async () => {
    const { cognito } = await as('remediation-role');
    await expect(cognito.send(new SetUserPoolMfaConfigCommand(totp))).resolves.toBeDefined();
    expect(await refusal(cognito.send(new ListUserPoolsCommand({ MaxResults: 1 })))).toMatchObject({
      message: expect.stringContaining(
        'no identity-based policy allows the cognito-idp:ListUserPools action',
      ) as string,
    });
  });

  it('leaves alone what is tagged as exempt', async () => {
    const { cognito } = await as('remediation-role', { 'mfa-remediation': 'exempt' });
    expect(await refusal(cognito.send(new SetUserPoolMfaConfigCommand(totp)))).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('passes roles of the names that the template takes by default, and no others', async () => {
    const { cognito } = await as('remediation-role');
    await expect(cognito.send(new SetUserPoolMfaConfigCommand(withSms('shop-cognito-sms')))).resolves.toBeDefined();
    expect(await refusal(cognito.send(new SetUserPoolMfaConfigCommand(withSms('Administrator'))))).toMatchObject({
      message: expect.stringContaining('no identity-based policy allows the iam:PassRole action') as string,
    });
  });
});

it('lacks what a fleet takes from the template', async () => {
  const role = { like: 'audit-role' as const, lacks: ['cognito-idp:DescribeUserPool'] };
  const roles = { MfaDriftAudit: { externalId: 'mfa-drift', ...role } };
  const sandbox = await started(smallFleet({ roles }));
  const { cognito } = clients(sandbox, await assume(sandbox, member));
  await expect(cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))).resolves.toBeDefined();
  expect(await refusal(cognito.send(new DescribeUserPoolCommand({ UserPoolId })))).toMatchObject({
    name: 'AccessDeniedException',
  });
});

it('may what a policy document of the fleet grants, and names in its place what is not played', async () => {
  const Statement = [
    { Effect: 'Allow', Action: 'cognito-idp:Describe*', Resource: `arn:aws:cognito-idp:*:${member}:*` },
  ];
  const roles = (policy: Readonly<Record<string, unknown>>) => ({
    roles: { MfaDriftAudit: { externalId: 'mfa-drift', policy } },
  });
  const sandbox = await started(smallFleet(roles({ Version: '2012-10-17', Statement })));
  const { cognito } = clients(sandbox, await assume(sandbox, member));
  await expect(cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).resolves.toBeDefined();
  expect((await refusal(cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId })))).name).toBe(
    'AccessDeniedException',
  );
  await expect(started(smallFleet(roles({ Statement: { NotAction: 'a:B' } })))).rejects.toThrow(
    'roles.MfaDriftAudit.policy: A statement with NotAction is not played',
  );
});

it('its ARNs are of the partition of its home region', async () => {
  const homeRegion = 'us-gov-west-1';
  const regions = { [homeRegion]: 'ENABLED_BY_DEFAULT' } as const;
  const sandbox = await started(smallFleet({ homeRegion, regions, roles: { MfaDriftAudit: { like: 'audit-role' } } }));
  const role = { RoleArn: `arn:aws-us-gov:iam::${member}:role/MfaDriftAudit` };
  const { cognito } = clients(sandbox, await assume(sandbox, member, role), homeRegion);
  const denied = await refusal(
    cognito.send(new SetUserPoolMfaConfigCommand({ ...totp, UserPoolId: `${homeRegion}_Ab` })),
  );
  expect(denied.message).toMatch(
    /^User: arn:aws-us-gov:sts::222222222222:assumed-role\/MfaDriftAudit\/test is .* on resource: arn:aws-us-gov:cognito-idp:us-gov-west-1:222222222222:userpool\/us-gov-west-1_Ab /,
  );
});
