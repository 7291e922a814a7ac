/** Pools that come, change and go while the sandbox runs: how drift is made. */
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
  type CreateUserPoolCommandInput,
  type UpdateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { awsQuotas, Quotas } from '../../src/sandbox/quotas.ts';
import type { PoolEntry } from '../../src/sandbox/fleet/schema.ts';
import { assume, clients, keysOf, refusal, started } from './clients.ts';
import { member, smallFleet } from './small-fleet.ts';

const UserPoolId = 'eu-west-1_Customers';
const arn = (id: string) => `arn:aws:cognito-idp:eu-west-1:${member}:userpool/${id}`;
const sms = { SnsCallerArn: `arn:aws:iam::${member}:role/sms`, ExternalId: 'x', SnsRegion: 'eu-west-1' };

/** An administrator of the account whose one pool is this. */
async function withPool(pool: Partial<PoolEntry> = {}, region = 'eu-west-1') {
  const fleet = smallFleet();
  const accounts = fleet.accounts.map((account) =>
    account.id === member ? { ...account, pools: account.pools?.map((each) => ({ ...each, ...pool })) ?? [] } : account,
  );
  const sandbox = await started({ ...fleet, accounts });
  const { cognito } = clients(sandbox, keysOf(sandbox, member), region);
  return {
    cognito,
    describe: async (id = UserPoolId) => {
      const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
      return UserPool ?? {};
    },
    mfa: async (id = UserPoolId) => {
      const { $metadata: _, ...answer } = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: id }));
      return answer;
    },
  };
}

describe('CreateUserPool', () => {
  it('makes a pool with AWS’s defaults, in a region without any, where it is listed and can be set', async () => {
    const { cognito, describe: describePool, mfa } = await withPool({}, 'us-east-1');
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: 'new pool', UserPoolTags: { a: 'b' } }),
    );
    const id = UserPool?.Id ?? '';
    expect(id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(await describePool(id)).toEqual(UserPool);
    expect(UserPool).toMatchObject({
      Name: 'new pool',
      Arn: `arn:aws:cognito-idp:us-east-1:${member}:userpool/${id}`,
      MfaConfiguration: 'OFF',
      UserPoolTier: 'ESSENTIALS',
      DeletionProtection: 'INACTIVE',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: { PasswordPolicy: { MinimumLength: 8 }, SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } },
      UserPoolTags: { a: 'b' },
    });
    expect(await mfa(id)).toEqual({ MfaConfiguration: 'OFF' });
    const totp = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
    await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: id, ...totp }));
    expect(await mfa(id)).toEqual(totp);
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    expect(UserPools?.map((pool) => pool.Id)).toEqual([id]);
  });

  it('gives two pools of one name two ids', async () => {
    const { cognito } = await withPool();
    const command = new CreateUserPoolCommand({ PoolName: 'twice' });
    const [one, other] = [await cognito.send(command), await cognito.send(command)];
    expect(one.UserPool?.Id).not.toBe(other.UserPool?.Id);
  });

  it('with an SMS configuration has SMS as its factor at once', async () => {
    const { cognito, mfa } = await withPool();
    const input = { PoolName: 'sms', MfaConfiguration: 'OPTIONAL', SmsConfiguration: sms } as const;
    const { UserPool } = await cognito.send(new CreateUserPoolCommand(input));
    expect(await mfa(UserPool?.Id)).toEqual({
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: { SmsConfiguration: sms },
    });
  });

  const recovery = (...names: ('admin_only' | 'verified_email' | 'verified_phone_number')[]) => ({
    AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, at) => ({ Name, Priority: at + 1 })) },
  });
  const refused: readonly [string, Omit<CreateUserPoolCommandInput, 'PoolName'>][] = [
    [
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
      { MfaConfiguration: 'ON' },
    ],
    [
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
      { MfaConfiguration: 'OPTIONAL' },
    ],
    [
      'SMS configuration is required when phone_number is selected for auto verification',
      { AutoVerifiedAttributes: ['phone_number'] },
    ],
    [
      'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.',
      recovery('admin_only', 'verified_email'),
    ],
    [
      'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
      { MfaConfiguration: 'ON', SmsConfiguration: sms, ...recovery('verified_phone_number') },
    ],
  ];
  it.each(refused)('answers %s', async (message, input) => {
    const { cognito } = await withPool();
    const create = cognito.send(new CreateUserPoolCommand({ PoolName: 'refused', ...input }));
    expect(await refusal(create)).toEqual({ name: 'InvalidParameterException', message, status: 400 });
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    expect(UserPools).toHaveLength(1);
  });

  it('wants a name, and words that it knows', async () => {
    const { cognito } = await withPool();
    const nameless = cognito.send(new CreateUserPoolCommand({ PoolName: undefined }));
    expect((await refusal(nameless)).message).toMatch(
      /at 'poolName' failed to satisfy constraint: Member must not be null/,
    );
    const odd = { PoolName: 'x', UserPoolTier: JSON.parse('"GOLD"') };
    expect((await refusal(cognito.send(new CreateUserPoolCommand(odd)))).message).toMatch(
      /\[LITE, ESSENTIALS, PLUS\]$/,
    );
  });
});

describe('UpdateUserPool', () => {
  const before = {
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 },
    AutoVerifiedAttributes: ['email'],
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
    EmailConfiguration: {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: 'arn:aws:ses:eu-west-1:222222222222:identity/x',
    },
    LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:222222222222:function:x' },
    Policies: { PasswordPolicy: { MinimumLength: 20 }, SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } },
    SmsAuthenticationMessage: 'Yours is {####}',
    SmsConfiguration: sms,
    UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    UserPoolTier: 'PLUS',
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
  };
  const kept = [
    'AccountRecoverySetting',
    'EmailConfiguration',
    'Policies',
    'SmsConfiguration',
    'UserPoolTier',
  ] as const;

  // go-to-k/cdkd#4066, measured 2026-09-29: given DeletionProtection alone.
  it('resets and keeps what was measured to be reset and kept', async () => {
    const on = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
    const { cognito, describe: describePool, mfa } = await withPool({ mfa: on, userPool: before, tags: { team: 'a' } });
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'ACTIVE' }));
    const after = await describePool();
    expect(after).toMatchObject({
      ...Object.fromEntries(kept.map((name) => [name, before[name]])),
      UserPoolTags: { team: 'a' },
      DeletionProtection: 'ACTIVE',
      MfaConfiguration: 'ON',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      LambdaConfig: {},
    });
    expect(after.VerificationMessageTemplate).toEqual({ DefaultEmailOption: 'CONFIRM_WITH_CODE' });
    for (const name of [
      'AutoVerifiedAttributes',
      'DeviceConfiguration',
      'SmsAuthenticationMessage',
      'UserPoolAddOns',
    ] as const)
      expect(after[name], name).toBeUndefined();
    expect(await mfa()).toMatchObject(on);
  });

  it('keeps each policy that it is not given', async () => {
    const { cognito, describe: describePool } = await withPool({ userPool: before });
    const Policies = { PasswordPolicy: { MinimumLength: 30 } };
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, Policies }));
    expect((await describePool()).Policies).toEqual({ ...before.Policies, ...Policies });
  });

  it('turns MFA off, with its factors', async () => {
    const { cognito, mfa } = await withPool();
    expect(await mfa()).toMatchObject({ MfaConfiguration: 'ON' });
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, MfaConfiguration: 'OFF' }));
    expect(await mfa()).toEqual({ MfaConfiguration: 'OFF' });
  });

  const off: Partial<PoolEntry> = { mfa: { MfaConfiguration: 'OFF' } };
  const first = (...AllowedFirstAuthFactors: ('EMAIL_OTP' | 'PASSWORD' | 'WEB_AUTHN')[]) => ({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
  });
  const refused: readonly [string, Partial<PoolEntry>, Omit<UpdateUserPoolCommandInput, 'UserPoolId'>][] = [
    ['Cannot turn MFA functionality ON, once the user pool has been created.', off, { MfaConfiguration: 'ON' }],
    [
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
      off,
      { MfaConfiguration: 'OPTIONAL' },
    ],
    [
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
      {},
      first('PASSWORD', 'EMAIL_OTP'),
    ],
    [
      'WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA',
      {},
      first('PASSWORD', 'WEB_AUTHN'),
    ],
    [
      "1 validation error detected: Value '[]' at 'policies.signInPolicy.allowedFirstAuthFactors' failed to satisfy constraint: Member must have length greater than or equal to 1",
      {},
      first(),
    ],
  ];
  it.each(refused)('answers %s', async (message, pool, input) => {
    const { cognito, describe: describePool } = await withPool(pool);
    const unchanged = await describePool();
    const update = cognito.send(new UpdateUserPoolCommand({ UserPoolId, ...input }));
    expect(await refusal(update)).toEqual({ name: 'InvalidParameterException', message, status: 400 });
    expect(await describePool()).toEqual(unchanged);
  });

  it('takes passkeys as a first factor once they verify the user, as measured', async () => {
    const { cognito, describe: describePool } = await withPool();
    const WebAuthnConfiguration = {
      RelyingPartyId: 'auth.example.com',
      FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    } as const;
    const on = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
    await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...on, WebAuthnConfiguration }));
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, ...first('PASSWORD', 'WEB_AUTHN') }));
    expect((await describePool()).Policies?.SignInPolicy?.AllowedFirstAuthFactors).toEqual(['PASSWORD', 'WEB_AUTHN']);
  });

  it('is refused in a secondary region', async () => {
    const { cognito } = await withPool({ replicas: ['us-east-1'] }, 'us-east-1');
    const replica = cognito.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTier: 'PLUS' }));
    expect((await refusal(replica)).name).toBe('OperationNotEnabledException');
  });
});

describe('DeleteUserPool', () => {
  it('takes the pool away', async () => {
    const { cognito } = await withPool();
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
    expect((await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools).toEqual([]);
    for (const command of [
      new GetUserPoolMfaConfigCommand({ UserPoolId }),
      new DescribeUserPoolCommand({ UserPoolId }),
    ])
      expect((await refusal(cognito.send(command))).name).toBe('ResourceNotFoundException');
  });

  it.each([
    [
      { DeletionProtection: 'ACTIVE' },
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    ],
    [{ Domain: 'shop' }, 'User pool cannot be deleted. It has a domain configured that should be deleted first.'],
    [
      { CustomDomain: 'a.example.com' },
      'User pool cannot be deleted. It has a domain configured that should be deleted first.',
    ],
  ])('not one with %o', async (userPool, message) => {
    const { cognito, describe: describePool } = await withPool({ userPool });
    expect(await refusal(cognito.send(new DeleteUserPoolCommand({ UserPoolId })))).toMatchObject({ message });
    expect(await describePool()).toMatchObject({ Id: UserPoolId });
  });
});

describe('tags', () => {
  it('are put on, replaced and taken off, as both reads show', async () => {
    const { cognito, describe: describePool } = await withPool({ tags: { keep: '1', change: '1', drop: '1' } });
    const ResourceArn = arn(UserPoolId);
    await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { change: '2', add: '' } }));
    await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['drop', 'never there'] }));
    const tags = { keep: '1', change: '2', add: '' };
    expect((await describePool()).UserPoolTags).toEqual(tags);
    expect((await cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual(tags);
  });

  it('of AWS’s own are nobody else’s, and a pool has fifty', async () => {
    const { cognito } = await withPool();
    const tag = (Tags: Record<string, string>) =>
      refusal(cognito.send(new TagResourceCommand({ ResourceArn: arn(UserPoolId), Tags })));
    expect((await tag({ 'aws:x': 'y' })).message).toMatch(/^aws: prefixed tag key names are not allowed/);
    expect((await tag(Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, ''])))).message).toMatch(
      /50 tags/,
    );
    const nowhere = cognito.send(new TagResourceCommand({ ResourceArn: arn('eu-west-1_Nowhere'), Tags: { a: 'b' } }));
    expect((await refusal(nowhere)).name).toBe('ResourceNotFoundException');
  });
});

describe('who may', () => {
  it.each([
    ['CreateUserPool', new CreateUserPoolCommand({ PoolName: 'x' })],
    ['UpdateUserPool', new UpdateUserPoolCommand({ UserPoolId })],
    ['DeleteUserPool', new DeleteUserPoolCommand({ UserPoolId })],
    ['TagResource', new TagResourceCommand({ ResourceArn: arn(UserPoolId), Tags: { a: 'b' } })],
    ['UntagResource', new UntagResourceCommand({ ResourceArn: arn(UserPoolId), TagKeys: ['a'] })],
  ])('not %s with the audit role', async (operation, command) => {
    const sandbox = await started(
      smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', like: 'audit-role' } } }),
    );
    const { cognito } = clients(sandbox, await assume(sandbox, member));
    expect((await refusal(cognito.send(command as UpdateUserPoolCommand))).message).toMatch(
      new RegExp(`because no identity-based policy allows the cognito-idp:${operation} action$`),
    );
  });

  it('not pass an SMS role without iam:PassRole', async () => {
    const role = { externalId: 'mfa-drift', lacks: ['iam:PassRole'] };
    const sandbox = await started(smallFleet({ roles: { MfaDriftAudit: role } }));
    const { cognito } = clients(sandbox, await assume(sandbox, member));
    for (const command of [
      new CreateUserPoolCommand({ PoolName: 'x', SmsConfiguration: sms }),
      new UpdateUserPoolCommand({ UserPoolId, SmsConfiguration: sms }),
    ])
      expect((await refusal(cognito.send(command as UpdateUserPoolCommand))).message).toMatch(/iam:PassRole/);
  });

  // Cognito developer guide, "Quotas in Amazon Cognito": UserPoolUpdate, 15 a second, shared.
  it('fifteen times a second, of making, updating and deleting together', () => {
    const quotas = new Quotas(awsQuotas);
    const call = { service: 'cognito-idp', accountId: member, region: 'eu-west-1', poolId: null } as const;
    const operations = ['CreateUserPool', 'UpdateUserPool', 'DeleteUserPool'];
    const admitted = Array.from({ length: 30 }, (_, at) =>
      quotas.admits({ ...call, operation: operations[at % 3] ?? '' }, 0),
    );
    expect(admitted.filter(Boolean)).toHaveLength(15);
  });
});
