/** The sandbox by the AWS CLI, which starts for a second or two with each command. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { without } from '../programs.ts';
import { bareEnvironment } from './bare-environment.ts';
import { keysOf } from './clients.ts';
import { management, member, other, smallFleet } from './small-fleet.ts';

const cli = without('AWS CLI');

const run = promisify(execFile);
const UserPoolId = 'eu-west-1_Customers';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ fleet: fleetFrom(smallFleet()) });
});
afterAll(() => sandbox.close());

/** The printed environment, with an administrator's keys. */
function environment(accountId: string): NodeJS.ProcessEnv {
  const keys = keysOf(sandbox, accountId);
  return {
    ...bareEnvironment(sandbox),
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
}

/** Runs `aws SERVICE OPERATION --name value …`; values are the CLI's shorthand. */
async function aws(
  accountId: string,
  command: string,
  options: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  // AWS CLI 2.9, which some distributions still ship, does not read AWS_ENDPOINT_URL.
  const all = { ...options, 'endpoint-url': sandbox.url, output: 'json' };
  const flags = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await run('aws', [...command.split(' '), ...flags], { env: environment(accountId) });
  return stdout === '' ? null : JSON.parse(stdout);
}

const sms =
  "SmsAuthenticationMessage='Code {####}'," +
  'SmsConfiguration={SnsCallerArn=arn:aws:iam::222222222222:role/sms,ExternalId=x,SnsRegion=eu-west-1}';

describe.skipIf(cli !== '')(`the AWS CLI${cli}`, () => {
  it('lists, reads and sets user pools with the options that it has for them', { timeout: 120_000 }, async () => {
    const pool = { 'user-pool-id': UserPoolId };
    const pools = await aws(member, 'cognito-idp list-user-pools', { 'max-results': '60' });
    expect(pools).toMatchObject({ UserPools: [{ Id: UserPoolId, Name: 'customers' }] });
    const config = await aws(member, 'cognito-idp get-user-pool-mfa-config', pool);
    expect(config).toEqual({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
    const set = await aws(member, 'cognito-idp set-user-pool-mfa-config', {
      ...pool,
      'mfa-configuration': 'OPTIONAL',
      'software-token-mfa-configuration': 'Enabled=true',
      'sms-mfa-configuration': sms,
      'web-authn-configuration': 'RelyingPartyId=auth.example.com,UserVerification=required',
    });
    expect(set).toEqual({
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: {
        SmsAuthenticationMessage: 'Code {####}',
        SmsConfiguration: {
          SnsCallerArn: 'arn:aws:iam::222222222222:role/sms',
          ExternalId: 'x',
          SnsRegion: 'eu-west-1',
        },
      },
      WebAuthnConfiguration: expect.objectContaining({
        RelyingPartyId: 'auth.example.com',
        UserVerification: 'required',
      }),
    });
    const email = aws(member, 'cognito-idp set-user-pool-mfa-config', {
      ...pool,
      'mfa-configuration': 'ON',
      'email-mfa-configuration': "Message='Code {####}',Subject=Code",
    });
    await expect(email).rejects.toThrow(/EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT/);
  });

  it('asks STS, Organizations and Account', { timeout: 120_000 }, async () => {
    expect(await aws(management, 'sts get-caller-identity')).toMatchObject({ Account: management });
    expect(await aws(management, 'organizations list-accounts')).toMatchObject({
      Accounts: [{ Id: management }, { Id: member }, { Id: other }],
    });
    const enabled = { 'region-opt-status-contains': 'ENABLED' };
    expect(await aws(management, 'account list-regions', enabled)).toEqual({ Regions: [] });
  });

  it('shows the errors of the service', { timeout: 120_000 }, async () => {
    const foreign = aws(other, 'cognito-idp get-user-pool-mfa-config', { 'user-pool-id': UserPoolId });
    await expect(foreign).rejects.toThrow(
      /\(ResourceNotFoundException\) when calling the GetUserPoolMfaConfig operation: User pool eu-west-1_Customers does not exist\./,
    );
    const role = { 'role-arn': `arn:aws:iam::${member}:role/Nobody`, 'role-session-name': 'test' };
    await expect(aws(management, 'sts assume-role', role)).rejects.toThrow(
      /\(AccessDenied\) when calling the AssumeRole operation/,
    );
  });
});

describe.skipIf(cli !== '')(`pools that come and go, by the AWS CLI${cli}`, () => {
  it('are made, updated, tagged and deleted with the options that it has for them', { timeout: 120_000 }, async () => {
    const made = (await aws(other, 'cognito-idp create-user-pool', {
      'pool-name': 'made here',
      'deletion-protection': 'ACTIVE',
      'user-pool-tags': 'team=shop',
    })) as { readonly UserPool: { readonly Id: string; readonly Arn: string } };
    const pool = { 'user-pool-id': made.UserPool.Id };
    await aws(other, 'cognito-idp tag-resource', { 'resource-arn': made.UserPool.Arn, tags: 'env=prod' });
    await aws(other, 'cognito-idp untag-resource', { 'resource-arn': made.UserPool.Arn, 'tag-keys': 'team' });
    const protectedPool = aws(other, 'cognito-idp delete-user-pool', pool);
    await expect(protectedPool).rejects.toThrow(/because deletion protection is activated/);
    await aws(other, 'cognito-idp update-user-pool', { ...pool, 'deletion-protection': 'INACTIVE' });
    expect(await aws(other, 'cognito-idp describe-user-pool', pool)).toMatchObject({
      UserPool: { Name: 'made here', DeletionProtection: 'INACTIVE', UserPoolTags: { env: 'prod' } },
    });
    expect(await aws(other, 'cognito-idp delete-user-pool', pool)).toBeNull();
    await expect(aws(other, 'cognito-idp describe-user-pool', pool)).rejects.toThrow(/ResourceNotFoundException/);
  });
});
