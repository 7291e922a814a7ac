/** `mfa-drift sandbox -- COMMAND`, as its user runs it. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../end-to-end/in-process.ts';
import { cliFile, runCli, startCli } from '../end-to-end/run-cli.ts';
import { temporaryFolder } from '../temporary.ts';

const slow = { timeout: 60_000 };
const sandbox = ['sandbox', '--fleet', resolve('demo/fleet.yaml')];
/** What would send a command to production, and as whom. */
const production = {
  AWS_PROFILE: 'prod',
  AWS_ACCESS_KEY_ID: 'AKIAREALREALREALREAL',
  AWS_SESSION_TOKEN: 'real',
  AWS_ENDPOINT_URL_STS: 'https://sts.example.test',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token',
  AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/Real',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
  AWS_CONFIG_FILE: '/home/me/.aws/config',
  AWS_CA_BUNDLE: '/etc/real.pem',
};

async function inSandbox(command: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return runCli([...sandbox, '--', ...command], { cwd: await temporaryFolder(), environment });
}

it('says at a terminal where one is, since the shell in it looks like any other', async () => {
  const ended = await run([...sandbox, '--', 'true'], { PATH: process.env['PATH'] ?? '' }, { isTerminal: true });
  expect(ended).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringMatching(
      /^AWS is the sandbox in here, at http:\/\/127\.0\.0\.1:\d+, until true ends; what is changed in it ends too\.\n$/,
    ),
  });
});

describe('what the command is given', () => {
  const printed = [process.execPath, '-e', 'console.log(JSON.stringify(process.env))'];

  it('is the sandbox, and nothing of the AWS settings that it was started with', slow, async () => {
    const { exitCode, stdout, stderr } = await inSandbox(printed, { ...production, AWS_PAGER: 'cat', OTHER: 'kept' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const env = JSON.parse(stdout);
    const aws = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('AWS_')));
    expect(aws).toEqual({
      AWS_PAGER: 'cat',
      AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^AKIA(?!REAL)/),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    expect(env).toMatchObject({ OTHER: 'kept' });
  });

  it.each([
    [{ http_proxy: 'http://proxy:3128' }, '127.0.0.1'],
    [{ HTTP_PROXY: 'http://proxy:3128', no_proxy: 'corp.example' }, 'corp.example,127.0.0.1'],
    [{ ALL_PROXY: 'http://proxy:3128', NO_PROXY: '*' }, '*'],
  ])('is reached past a proxy: %o', slow, async (proxied, exempt) => {
    const { stdout } = await inSandbox(printed, proxied);
    expect(JSON.parse(stdout)).toMatchObject({ ...proxied, NO_PROXY: exempt, no_proxy: exempt });
  });

  it('is printed for a shell where there is no command, with what must be unset', slow, async () => {
    const environment = { ...production, HTTP_PROXY: 'http://p:1', NO_PROXY: "*.corp'; rm" };
    const { process: serving, ended } = startCli(sandbox, { cwd: await temporaryFolder(), environment });
    serving.stderr.once('data', () => serving.kill('SIGTERM'));
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    const check = `${stdout}\necho "$NO_PROXY|\${AWS_PROFILE-none}|\${AWS_ROLE_ARN-none}|$AWS_ENDPOINT_URL"`;
    const sourced = await inSandbox(['sh', '-c', check], production);
    expect(sourced.stdout).toMatch(/^\*\.corp'; rm,127\.0\.0\.1\|none\|none\|http:\/\/127\.0\.0\.1:\d+\n$/);
  });
});

describe('how it ends', () => {
  it('with the exit code of the command, and its streams untouched', slow, async () => {
    expect(await inSandbox(['sh', '-c', 'echo out; echo err >&2; exit 37'])).toEqual({
      exitCode: 37,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('with that of an audit, whose options are not taken for its own', slow, async () => {
    const repository = process.cwd();
    const args = ['--config', join(repository, 'demo/mfa-drift.yaml'), '--policies', join(repository, 'policies')];
    const audit = await inSandbox([process.execPath, cliFile, 'audit', '--quiet', ...args], production);
    expect(audit).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('114 of 117 pools read') as string });
  });

  it.each([
    ['no-such-program', /^Can't run no-such-program: there is no such program\.\n$/],
    ['/dev/null', /^Can't run \/dev\/null: it may not be executed\.\n$/],
  ])('with 1 where %s can not be run', slow, async (program, text) => {
    expect(await inSandbox([program])).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(text) as string });
  });

  it('with 128 and the number of the signal that killed the command', slow, async () => {
    expect(await inSandbox(['sh', '-c', 'kill -KILL $$'])).toMatchObject({ exitCode: 137 });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
    '%s is the command’s, every time',
    slow,
    async (signal) => {
      const program = `
      let times = 0;
      process.on('${signal}', () => { console.log('got ' + (times += 1)); if (times === 2) process.exit(9); });
      setInterval(() => undefined, 1000);
      console.log('ready');`;
      const running = await started([process.execPath, '-e', program]);
      // No third one: what comes while Node ends the process finds no listener any more.
      for (const line of ['ready', 'got 1']) {
        expect(await nextText(running.process)).toBe(`${line}\n`);
        running.process.kill(signal);
      }
      expect(await running.ended).toMatchObject({ exitCode: 9, stdout: 'ready\ngot 1\ngot 2\n' });
    },
  );

  it('leaves nobody behind, of those that the command started too', slow, async () => {
    const ended = await inSandbox(['sh', '-c', 'sleep 1000 & echo $!']);
    expect(ended.exitCode).toBe(0);
    expect(await stateAtTheEnd(Number(ended.stdout))).toMatch(endedStates);
  });

  it('takes the command along where a signal ends both', slow, async () => {
    const running = await started(['sh', '-c', 'sleep 1000 & echo $!; wait']);
    const pid = Number(await nextText(running.process));
    running.process.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ exitCode: 143 });
    expect(await stateAtTheEnd(pid)).toMatch(endedStates);
  });

  it('takes the command along where it is killed itself', slow, async () => {
    // An answer of the sandbox comes once the program has told the bystander whom it is about.
    const script = '"$0" -e "fetch(process.env.AWS_ENDPOINT_URL)"; sleep 1000 & echo $!; wait';
    const running = await started(['sh', '-c', script, process.execPath]);
    const pid = Number(await nextText(running.process));
    running.process.kill('SIGKILL');
    await running.ended;
    expect(await stateAtTheEnd(pid)).toMatch(endedStates);
  });
});

async function started(command: readonly string[]) {
  return startCli([...sandbox, '--', ...command], { cwd: await temporaryFolder(), environment: {} });
}

async function nextText({ stdout }: Awaited<ReturnType<typeof started>>['process']): Promise<string> {
  const [text] = (await once(stdout, 'data')) as [Buffer];
  return String(text);
}

/** A process that has ended and waits to be reaped by whoever adopted it has ended. */
const endedStates = /^(?:none|Z)$/;

async function stateAtTheEnd(pid: number): Promise<string> {
  await vi.waitUntil(() => endedStates.test(stateOf(pid)), { timeout: 20_000, interval: 50 });
  return stateOf(pid);
}

function stateOf(pid: number): string {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
  } catch {
    return 'none';
  }
}
