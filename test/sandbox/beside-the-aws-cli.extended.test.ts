/** What docs/with-the-aws-cli.md says of the AWS CLI, asked of each version that is here: pip's `aws`, and Debian's. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { program, without } from '../programs.ts';
import { started } from './clients.ts';

const missing = without('AWS CLI');
const debian = '/usr/bin/aws';
const versions = [
  { name: '1.45', command: program('AWS CLI'), pages: 131, knowsEmail: true, triesAgain: false },
  { name: '2.9', command: existsSync(debian) ? debian : null, pages: 60, knowsEmail: false, triesAgain: true },
].filter(({ name, command }) => command !== null && versionOf(command).startsWith(`aws-cli/${name}.`));

function versionOf(command: string): string {
  return spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout;
}

it('is asked in the versions that the page names', () => {
  const page = readFileSync('docs/with-the-aws-cli.md', 'utf8');
  for (const { command } of versions) expect(page).toContain(versionOf(command ?? '').split(/[/ ]/)[1]);
  expect(page).toContain('1.45.11');
});

const customers = 'eu-west-1_Custom123';
const app = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
const email = { EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Code' } };
const eums = { EumsSms: { CallerArn: 'arn:aws:iam::222222222222:role/eums' } };

/** 131 pools in the caller's own account; `customers` may send e-mail. */
function shop(mfa: object): FleetDocument {
  const userPool = {
    UserPoolTier: 'ESSENTIALS',
    EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
  };
  const regions = ['eu-west-1'];
  return {
    apiVersion: 'mfa-drift/v1',
    kind: 'Fleet',
    homeRegion: 'eu-west-1',
    emptyPages: 0,
    accounts: [
      {
        id: '111111111111',
        name: 'shop',
        pools: [
          { name: 'customers', id: customers, regions, mfa: { ...app, ...mfa }, userPool },
          { name: 'p', regions, count: 130 },
        ],
      },
    ],
  };
}

describe.skipIf(missing !== '').each(versions)(`the AWS CLI $name${missing}`, (version) => {
  async function aws({ environment }: Sandbox, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { AWS_RETRY_MODE: _, AWS_MAX_ATTEMPTS: __, ...own } = process.env;
    const child = spawn(
      version.command ?? '',
      ['--endpoint-url', environment['AWS_ENDPOINT_URL'] ?? '', 'cognito-idp', ...args],
      {
        env: { ...own, ...environment, AWS_PAGER: '', ...env },
      },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => (out += String(text)));
    child.stderr.on('data', (text) => (err += String(text)));
    const code = await new Promise<number | null>((ended) => void child.on('close', ended));
    return { code, out, err };
  }
  const calling = (...args: readonly string[]) => ['set-user-pool-mfa-config', '--user-pool-id', customers, ...args];
  const reading = ['get-user-pool-mfa-config', '--user-pool-id', customers];

  it('lists one page of sixty, and more only where the page below says so', async () => {
    const sandbox = await started(shop({}));
    const count = ['--query', 'length(UserPools)'];
    expect((await aws(sandbox, ['list-user-pools', '--max-results', '60', ...count])).out.trim()).toBe('60');
    const { err } = await aws(sandbox, ['list-user-pools', '--max-results', '60', '--max-items', '100', ...count]);
    expect(err).toContain('Cannot specify --no-paginate');
    const input = await aws(sandbox, ['list-user-pools', '--cli-input-json', '{"MaxResults": 60}', ...count]);
    expect(Number(input.out)).toBe(version.pages);
  });

  it('breaks on {####} in its shorthand, and takes JSON as far as it knows the members', async () => {
    const sandbox = await started(shop({}));
    const sms = 'SmsAuthenticationMessage=Your code is {####},SmsConfiguration={SnsCallerArn=arn:aws:iam::1:role/sms}';
    expect((await aws(sandbox, calling('--sms-mfa-configuration', sms))).err).toContain("Expected: ',', received: '}'");
    const json = JSON.stringify({ ...app, EmailMfaConfiguration: { Message: 'Hello, it is {####}', Subject: 'Code' } });
    expect((await aws(sandbox, calling('--cli-input-json', json))).code === 0).toBe(version.knowsEmail);
  });

  it('fails on its own placeholder', async () => {
    const { code, err } = await aws(await started(shop({})), [...reading, '--generate-cli-skeleton', 'output']);
    expect(code).not.toBe(0);
    expect(err).toContain('valid min length: 20');
  });

  it('shows nothing of what its model lacks, so that feeding the answer back removes it or fails', async () => {
    const ended = await aws(await started(shop({ SmsMfaConfiguration: { SmsConfiguration: eums } })), reading);
    expect(JSON.parse(ended.out)).toMatchObject({ SmsMfaConfiguration: { SmsConfiguration: {} } });
    const sandbox = await started(shop(email));
    const answer = await aws(sandbox, reading);
    await aws(sandbox, calling('--cli-input-json', answer.out));
    expect(Object.keys(email).every((name) => name in JSON.parse(answer.out))).toBe(version.knowsEmail);
  });

  it('tries a throttled call again by its default, or only when told to', async () => {
    const throttled = async (env: Readonly<Record<string, string>>) => {
      const sandbox = await started(shop({}), {
        faults: { faults: [{ fault: 'throttle', rate: 1, operations: ['GetUserPoolMfaConfig'], count: 1 }] },
      });
      return (await aws(sandbox, reading, env)).code === 0;
    };
    expect(await throttled({})).toBe(version.triesAgain);
    expect(await throttled({ AWS_RETRY_MODE: 'standard' })).toBe(true);
  });

  it('takes the id alone for OFF', async () => {
    const { out } = await aws(await started(shop({})), calling());
    expect(JSON.parse(out)).toEqual({ MfaConfiguration: 'OFF' });
  });
});
