import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { assume, clients, keysOf, refusal, started } from './clients.ts';
import { member, other, smallFleet } from './small-fleet.ts';

describe('user pools, through the SDK', () => {
  it('are listed without their MFA mode, described and read', async () => {
    const sandbox = await started(smallFleet());
    const { cognito } = clients(sandbox, await assume(sandbox, member));
    const listed = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    expect(listed.UserPools?.map(({ Id, Name }) => [Id, Name])).toEqual([['eu-west-1_Customers', 'customers']]);
    expect(listed.NextToken).toBeUndefined();
    expect(listed.UserPools?.[0]).not.toHaveProperty('MfaConfiguration');
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_Customers' }));
    expect(UserPool?.Arn).toBe(`arn:aws:cognito-idp:eu-west-1:${member}:userpool/eu-west-1_Customers`);
    expect(UserPool?.UserPoolTags).toEqual({ audience: 'customer' });
    const { $metadata, ...config } = await cognito.send(
      new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_Customers' }),
    );
    expect(config).toEqual({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are changed by SetUserPoolMfaConfig, and read back changed', async () => {
    const sandbox = await started(smallFleet());
    const { cognito } = clients(sandbox, await assume(sandbox, other));
    const UserPoolId = 'eu-west-1_Staff';
    const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
    await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration: 'OPTIONAL', ...totp }));
    const read = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    expect(read).toMatchObject({ MfaConfiguration: 'OPTIONAL', ...totp });
    expect(sandbox.pool(other, 'eu-west-1', UserPoolId)?.mfaConfig).toMatchObject({ MfaConfiguration: 'OPTIONAL' });
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.MfaConfiguration).toBe('OPTIONAL');
    expect(UserPool?.LastModifiedDate?.getTime()).toBeGreaterThan(UserPool?.CreationDate?.getTime() ?? Infinity);
  });

  it('give their tags by their ARN', async () => {
    const sandbox = await started(smallFleet());
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    const ResourceArn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/eu-west-1_Customers`;
    const { Tags } = await cognito.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).toEqual({ audience: 'customer' });
  });

  it('of another account or region do not exist for whoever asks', async () => {
    const sandbox = await started(smallFleet());
    const command = new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_Customers' });
    const absent = {
      name: 'ResourceNotFoundException',
      message: 'User pool eu-west-1_Customers does not exist.',
      status: 400,
    };
    const keys = keysOf(sandbox, member);
    expect(await refusal(clients(sandbox, keysOf(sandbox, other)).cognito.send(command))).toEqual(absent);
    expect(await refusal(clients(sandbox, keys, 'us-east-1').cognito.send(command))).toEqual(absent);
    const foreignArn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/eu-west-1_Customers`;
    const tags = new ListTagsForResourceCommand({ ResourceArn: foreignArn });
    expect(await refusal(clients(sandbox, keysOf(sandbox, other)).cognito.send(tags))).toEqual(absent);
    const list = await clients(sandbox, keysOf(sandbox, other)).cognito.send(
      new ListUserPoolsCommand({ MaxResults: 60 }),
    );
    expect(list.UserPools?.map(({ Id }) => Id)).toEqual(['eu-west-1_Staff']);
  });
});
