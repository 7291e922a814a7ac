import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { without } from '../programs.ts';
import { temporaryFolder } from '../temporary.ts';
import { compileCli, runCli } from '../end-to-end/run-cli.ts';
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

describe.skipIf(cli !== '')(`the worked example of docs/sandbox.md${cli}`, () => {
  const page = readFileSync('docs/sandbox.md', 'utf8');
  const [, files = '', inside = ''] =
    /```sh\n(cat > shop.*?)mfa-drift sandbox[^\n]*\n```.*?```sh\n(.*?)```/s.exec(page) ?? [];
  const [, shown = ''] = /the second:\n\n```\n(.*?)```/s.exec(page) ?? [];

  it('shows drift where somebody turned MFA off', { timeout: 120_000 }, async () => {
    const compiled = compileCli();
    onTestFinished(() => compiled.remove());
    const { file } = compiled;
    const cwd = await temporaryFolder();
    writeFileSync(join(cwd, 'mfa-drift'), `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`);
    chmodSync(join(cwd, 'mfa-drift'), 0o755);
    await run('bash', ['-c', files], { cwd });
    // AWS CLI 2.9, which some distributions still ship, does not read AWS_ENDPOINT_URL.
    const withEndpoint = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';
    const variables = { PATH: [cwd, process.env['PATH']].join(delimiter), AWS_PAGER: '', AWS_PROFILE: 'production' };
    const command = ['sandbox', '--fleet', 'shop.yaml', '--', 'bash', '-c', `${withEndpoint}\n${inside}`];
    const { exitCode, stdout } = await runCli(file, command, { cwd, environment: variables });
    expect(stdout).toContain('OK  1 of 1 pool in 1 account holds 1 policy');
    expect(exitCode).toBe(2);
    for (const line of shown.split('\n').filter((each) => /want|customers|^high/.test(each)))
      expect(stdout).toContain(line);
    expect(shown).toMatch(/found OFF/);
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
made = cognito.create_user_pool(PoolName='made by boto3', Policies={'PasswordPolicy': {'MinimumLength': 12}})['UserPool']
cognito.update_user_pool(UserPoolId=made['Id'], UserPoolTags={'a': 'b'})
updated = cognito.describe_user_pool(UserPoolId=made['Id'])['UserPool']
try:
    cognito.update_user_pool(UserPoolId=made['Id'], MfaConfiguration='ON')
except cognito.exceptions.InvalidParameterException as error:
    refused = str(error)
cognito.delete_user_pool(UserPoolId=made['Id'])
try:
    cognito.describe_user_pool(UserPoolId=made['Id'])
except cognito.exceptions.ResourceNotFoundException as error:
    gone = type(error).__name__
try:
    session.client('organizations').list_accounts()
except Exception as error:
    denied = type(error).__name__
strip = lambda answer: {k: v for k, v in answer.items() if k != 'ResponseMetadata'}
print(json.dumps({'who': session.client('sts').get_caller_identity()['Account'], 'expires': keys['Expiration'].timestamp(),
  'pools': [p['Name'] for p in pools], 'changed': strip(changed), 'config': strip(config), 'accounts': accounts,
  'made': [updated['UserPoolTags'], updated['Policies']['PasswordPolicy']['MinimumLength'], refused[-65:], gone],
  'regions': len(regions), 'denied': denied}))
`;
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
      made: [
        { a: 'b' },
        12,
        ' Cannot turn MFA functionality ON, once the user pool has been created.'.slice(-65),
        'ResourceNotFoundException',
      ],
      regions: 34,
      denied: 'AccessDeniedException',
    });
    expect(Math.abs(answer.expires - Date.now() / 1000 - 3600)).toBeLessThan(120);
  });
});
