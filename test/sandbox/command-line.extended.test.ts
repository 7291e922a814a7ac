/** The documented command line against the sandbox, and boto3; the AWS CLI is in aws-cli.extended.test.ts. */
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { without } from '../programs.ts';
import { temporaryFolder } from '../temporary.ts';
import { cliFile, runCli } from '../end-to-end/run-cli.ts';
import { bareEnvironment } from './bare-environment.ts';
import { management, member, other, smallFleet } from './small-fleet.ts';

const cli = without('AWS CLI');
const boto3 = without('boto3');

const run = promisify(execFile);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ fleet: fleetFrom(smallFleet()) });
});
afterAll(() => sandbox.close());

describe.skipIf(cli !== '')(`the worked example of docs/sandbox.md${cli}`, () => {
  const page = readFileSync('docs/sandbox.md', 'utf8');
  const [, files = '', inside = ''] =
    /```sh\n(cat > shop.*?)mfa-drift sandbox[^\n]*\n```.*?```sh\n(.*?)```/s.exec(page) ?? [];
  const [, shown = ''] = /the second:\n\n```\n(.*?)```/s.exec(page) ?? [];

  it('shows drift where somebody turned MFA off', { timeout: 120_000 }, async () => {
    const cwd = await temporaryFolder();
    writeFileSync(join(cwd, 'mfa-drift'), `#!/bin/sh\nexec '${process.execPath}' '${cliFile}' "$@"\n`);
    chmodSync(join(cwd, 'mfa-drift'), 0o755);
    await run('bash', ['-c', files], { cwd });
    // AWS CLI 2.9, which some distributions still ship, does not read AWS_ENDPOINT_URL.
    const withEndpoint = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';
    const variables = { PATH: [cwd, process.env['PATH']].join(delimiter), AWS_PAGER: '', AWS_PROFILE: 'production' };
    const command = ['sandbox', '--fleet', 'shop.yaml', '--', 'bash', '-c', `${withEndpoint}\n${inside}`];
    const { exitCode, stdout } = await runCli(command, { cwd, environment: variables });
    expect(stdout).toContain('OK  1 of 1 pool in 1 account holds 1 policy');
    expect(exitCode).toBe(2);
    for (const line of shown.split('\n').filter((each) => /want|customers|^high/.test(each)))
      expect(stdout).toContain(line);
    expect(shown).toMatch(/found OFF/);
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
    const { stdout } = await run('python3', ['-c', script], { env: bareEnvironment(sandbox) });
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
