/** `policy init --answer`: a policy from what the AWS CLI printed, and what such a print may lack. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { fleetFrom } from '../../../src/sandbox/fleet/expand.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { run } from '../../end-to-end/in-process.ts';
import { program, without } from '../../programs.ts';
import { member, smallFleet } from '../../sandbox/small-fleet.ts';
import { temporaryFolder } from '../../temporary.ts';

const poolId = 'eu-west-1_Customers';
const role = `arn:aws:iam::${member}:role/sms`;
const answer = {
  SmsMfaConfiguration: {
    SmsAuthenticationMessage: 'code {####}',
    SmsConfiguration: { EumsSms: { CallerArn: role, ExternalId: 'secret-1' } },
  },
  SoftwareTokenMfaConfiguration: { Enabled: true },
  MfaConfiguration: 'OPTIONAL' as const,
};

async function fileWith(content: string): Promise<string> {
  const file = join(await temporaryFolder(), 'mfa-config.json');
  await writeFile(file, content);
  return file;
}

const init = (file: string, pool = poolId) => run(['policy', 'init', pool, '--answer', file], {});

describe('policy init --answer', () => {
  it.each([
    ['JSON', JSON.stringify(answer, null, 4)],
    ['YAML', stringify(answer)],
  ])('pins the answer that the AWS CLI printed as %s, without the external id', async (_form, content) => {
    const { stdout, stderr, exitCode } = await init(await fileWith(content));
    expect(exitCode).toBe(0);
    expect(parse(stdout)).toMatchObject({
      name: `pin-${poolId}`,
      match: { pools: [poolId] },
      exact: true,
      expect: {
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
        SmsMfaConfiguration: { SmsConfiguration: { EumsSms: { CallerArn: role, ExternalId: { present: true } } } },
      },
    });
    expect(stdout).not.toContain('secret-1');
    for (const said of [stdout, stderr]) {
      expect(said).toContain(
        'An AWS CLI leaves out, without a word, what it does not know: EumsSms before botocore 1.43.51',
      );
      expect(said).not.toContain('names no sender');
    }
  });

  it('says where the sender looks as if it was left out', async () => {
    const sms = { ...answer.SmsMfaConfiguration, SmsConfiguration: {} };
    const { stdout, stderr } = await init(await fileWith(JSON.stringify({ ...answer, SmsMfaConfiguration: sms })));
    for (const said of [stdout, stderr])
      expect(said).toContain('here an SMS configuration names no sender, which EumsSms would');
  });

  it('takes the pool as an ARN too', async () => {
    const arn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/${poolId}`;
    expect(parse((await init(await fileWith(JSON.stringify(answer)), arn)).stdout)).toMatchObject({
      match: { pools: [poolId] },
    });
  });

  it.each([
    [
      'what --query left of it',
      '"OPTIONAL"',
      /is no answer of GetUserPoolMfaConfig: it is no object\. .* without --query/,
    ],
    ['the answer of another call', '{ "UserPool": {} }', /it has no MfaConfiguration/],
    ['an error of the CLI', 'An error occurred: (x', /is no answer|mfa-config\.json:1/],
    ['an empty file', '', /is empty/],
  ])('refuses %s', async (_what, content, message) => {
    await expect(init(await fileWith(content))).rejects.toThrow(message);
  });

  it('wants to know which pool it was, and refuses what is none', async () => {
    const file = await fileWith(JSON.stringify(answer));
    await expect(run(['policy', 'init', '--answer', file], {})).rejects.toThrow('does not print which pool it asked');
    await expect(init(file, 'customers')).rejects.toThrow("customers is neither a user pool's ARN nor its id");
  });

  it.skipIf(program('AWS CLI') === null)(
    `tells what the AWS CLI here really leaves out${without('AWS CLI')}`,
    async () => {
      const sandbox = await startSandbox({
        fleet: fleetFrom(smallFleet({ caller: { account: member }, templates: { totp: { mfa: answer } } })),
      });
      try {
        const printed = await aws(
          sandbox.environment,
          'cognito-idp',
          'get-user-pool-mfa-config',
          '--user-pool-id',
          poolId,
        );
        const version = /botocore\/(\d+)\.(\d+)\.(\d+)/.exec(await aws(sandbox.environment, '--version')) ?? [];
        const [major = 0, minor = 0, patch = 0] = version.slice(1).map(Number);
        const knows = major > 1 || minor > 43 || (minor === 43 && patch >= 51);
        const { SmsConfiguration } = JSON.parse(printed).SmsMfaConfiguration;
        expect(SmsConfiguration).toEqual(knows ? answer.SmsMfaConfiguration.SmsConfiguration : {});
        const { stderr } = await init(await fileWith(printed));
        expect(stderr.includes('names no sender')).toBe(!knows);
        const pinned = await run(
          ['policy', 'init', `arn:aws:cognito-idp:eu-west-1:${member}:userpool/${poolId}`],
          sandbox.environment,
        );
        expect(pinned.stdout).toContain('EumsSms');
      } finally {
        await sandbox.close();
      }
    },
    60_000,
  );
});

/** What it printed; not `spawnSync`, since the sandbox answers in this process. */
async function aws(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
  const child = spawn('aws', args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  return text(child.stdout);
}
