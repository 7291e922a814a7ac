import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { keysOf } from './clients.ts';
import { management, member, other, smallFleet } from './small-fleet.ts';

const cli = without('AWS CLI');
const boto3 = without('boto3');

const run = promisify(execFile);
const UserPoolId = 'eu-west-1_Customers';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ fleet: fleetFrom(smallFleet()) });
});
afterAll(() => sandbox.close());

/** The printed environment, with an administrator's keys where an account is named. */
function environment(accountId?: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const keys = accountId === undefined ? undefined : keysOf(sandbox, accountId);
  return {
    PATH,
    HOME,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...sandbox.environment,
    ...(keys === undefined ? {} : { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey }),
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

const script = `
import boto3, json
sts = boto3.client('sts')
role = sts.assume_role(RoleArn='arn:aws:iam::${other}:role/MfaDriftAudit', RoleSessionName='test', ExternalId='mfa-drift')
keys = role['Credentials']
session = boto3.Session(keys['AccessKeyId'], keys['SecretAccessKey'], keys['SessionToken'])
cognito = session.client('cognito-idp')
pools = [pool for page in cognito.get_paginator('list_user_pools').paginate(MaxResults=1) for pool in page['UserPools']]
changed = cognito.set_user_pool_mfa_config(UserPoolId=pools[0]['Id'], MfaConfiguration='ON', SoftwareTokenMfaConfiguration={'Enabled': True})
config = cognito.get_user_pool_mfa_config(UserPoolId=pools[0]['Id'])
accounts = [a['Id'] for page in boto3.client('organizations').get_paginator('list_accounts').paginate() for a in page['Accounts']]
regions = boto3.client('account').list_regions(MaxResults=50)['Regions']
try:
    session.client('organizations').list_accounts()
except Exception as error:
    denied = type(error).__name__
strip = lambda answer: {k: v for k, v in answer.items() if k != 'ResponseMetadata'}
print(json.dumps({'who': session.client('sts').get_caller_identity()['Account'], 'expires': keys['Expiration'].timestamp(),
  'pools': [p['Name'] for p in pools], 'changed': strip(changed), 'config': strip(config), 'accounts': accounts,
  'regions': len(regions), 'denied': denied}))
`;
import { without } from '../programs.ts';

describe.skipIf(boto3 !== '')(`boto3${boto3}`, () => {
  it('assumes a role, pages, reads, writes and knows the errors by their names', { timeout: 120_000 }, async () => {
    const { stdout } = await run('python3', ['-c', script], { env: environment() });
    const answer = JSON.parse(stdout);
    const on = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
    expect(answer).toEqual({
      who: other,
      expires: expect.any(Number),
      pools: ['staff'],
      changed: on,
      config: on,
      accounts: [management, member, other],
      regions: 34,
      denied: 'AccessDeniedException',
    });
    expect(Math.abs(answer.expires - Date.now() / 1000 - 3600)).toBeLessThan(120);
  });
});
