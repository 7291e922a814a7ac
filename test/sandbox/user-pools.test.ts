import {
  DescribeRiskConfigurationCommand,
  DescribeUserPoolCommand,
  GetUICustomizationCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { assume, clients, keysOf, refusal, started } from './clients.ts';
import { member, other, smallFleet } from './small-fleet.ts';

const risk = { RiskConfiguration: { CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } } } };

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

  it('take the global settings of their primary over to every replica, but not its SMS settings', async () => {
    const pools = [
      { name: 'global', id: 'eu-west-1_Global', regions: ['eu-west-1'], replicas: ['us-east-1', 'eu-north-1'] },
    ];
    const fleet = smallFleet();
    const sandbox = await started({
      ...fleet,
      accounts: [...fleet.accounts.slice(0, 1), { id: member, name: 'shop-prod', pools }],
    });
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    const overseas = clients(sandbox, keysOf(sandbox, member), 'us-east-1').cognito;
    const UserPoolId = 'eu-west-1_Global';
    await cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
        SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${member}:role/sms` } },
      }),
    );
    const { $metadata: _, ...replica } = await overseas.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    expect(replica).toEqual({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
    const { UserPool } = await overseas.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.Arn).toBe(`arn:aws:cognito-idp:us-east-1:${member}:userpool/eu-west-1_Global`);
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    expect(UserPools?.[0]).toMatchObject({ Id: UserPoolId, ReplicaRegions: ['us-east-1', 'eu-north-1'] });
  });

  it('take an SMS role only from whoever may pass it', async () => {
    const lacks = ['iam:PassRole'];
    const sandbox = await started(smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', lacks } } }));
    const { cognito } = clients(sandbox, await assume(sandbox, other));
    const UserPoolId = 'eu-west-1_Staff';
    const totp = { UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
    const sms = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${other}:role/sms` } } };
    const answer = await refusal(cognito.send(new SetUserPoolMfaConfigCommand({ ...totp, ...sms })));
    expect(answer.name).toBe('AccessDeniedException');
    expect(answer.message).toContain(
      `iam:PassRole on resource: arn:aws:iam::${other}:role/sms because no identity-based policy`,
    );
    expect(sandbox.pool(other, 'eu-west-1', UserPoolId)?.mfaConfig).toEqual({ MfaConfiguration: 'OFF' });
    expect((await cognito.send(new SetUserPoolMfaConfigCommand(totp))).MfaConfiguration).toBe('ON');
  });

  it('answer other reads as their fleet says, and know none of which it says nothing', async () => {
    const fleet = smallFleet({ templates: { adaptive: { answers: { DescribeRiskConfiguration: risk } } } });
    const pools = ['adaptive', undefined].map((like, index) => ({
      name: `p-${index}`,
      id: `eu-west-1_P${index}`,
      regions: ['eu-west-1' as const],
      ...(like === undefined ? {} : { like }),
    }));
    const sandbox = await started({
      ...fleet,
      accounts: [...fleet.accounts.slice(0, 1), { id: member, name: 'shop-prod', pools }],
    });
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    const { $metadata: _, ...answer } = await cognito.send(
      new DescribeRiskConfigurationCommand({ UserPoolId: 'eu-west-1_P0' }),
    );
    expect(answer).toEqual(risk);
    const refused = [
      cognito.send(new DescribeRiskConfigurationCommand({ UserPoolId: 'eu-west-1_P1' })),
      cognito.send(new GetUICustomizationCommand({ UserPoolId: 'eu-west-1_P0' })),
      cognito.send(new DescribeRiskConfigurationCommand({ UserPoolId: 'eu-west-1_Nobody' })),
    ];
    const names = await Promise.all(refused.map(async (request) => (await refusal(request)).name));
    expect(names).toEqual(['UnknownOperationException', 'UnknownOperationException', 'ResourceNotFoundException']);
  });

  it('keep members that no model knows, in the text of the answer', async () => {
    const mfa = {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true, Algorithm: 'SHA256' },
      PushMfaConfiguration: {},
    };
    const pools = [
      { name: 'new', id: 'eu-west-1_New', regions: ['eu-west-1'], mfa: { ...mfa, MfaConfiguration: 'ON' as const } },
    ];
    const fleet = smallFleet();
    const sandbox = await started({
      ...fleet,
      accounts: [...fleet.accounts.slice(0, 1), { id: member, name: 'shop-prod', pools }],
    });
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    const texts: string[] = [];
    cognito.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { body } = result.response as { body: AsyncIterable<Buffer> };
        const chunks: Buffer[] = [];
        for await (const chunk of body) chunks.push(chunk);
        const bytes = Buffer.concat(chunks);
        texts.push(bytes.toString());
        Object.assign(result.response as object, { body: bytes });
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
    await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_New' }));
    expect(JSON.parse(texts[0] ?? '')).toEqual(mfa);
  });
});
