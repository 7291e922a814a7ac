/** What a run says on standard error: with a log everything, with --quiet almost nothing, and each thing once. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { FaultSet } from '../../src/sandbox/faults/faults.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { management, member, other, smallFleet } from '../sandbox/small-fleet.ts';
import { run as runHere, type Ended } from './in-process.ts';
import { runCli } from './run-cli.ts';

const externalId = 'a-secret-between-us';
const configuration = `apiVersion: mfa-drift/v1
kind: Config
accounts: { organization: true, exclude: [{ accounts: ["${other}"] }] }
role: { name: MfaDriftAudit, externalId: ${externalId} }
regions: { exclude: ["us-*", "ap-*", "ca-*", "sa-*", "eu-n*", "eu-s*"] }
`;
const policy = `apiVersion: mfa-drift/v1
kind: Policy
name: totp
expect: { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } }
`;

interface Setting {
  readonly sandbox: Sandbox;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  close(): Promise<void>;
}

async function setUp(faults: FaultSet['faults'] = [], changes: Partial<FleetDocument> = {}): Promise<Setting> {
  const fleet = fleetFrom(smallFleet({ roles: { MfaDriftAudit: { externalId } }, ...changes }));
  const sandbox = await startSandbox({ fleet, recordCalls: true, faults: { faults } });
  const folder = await mkdtemp(join(tmpdir(), 'mfa-drift-test-'));
  await writeFile(join(folder, 'mfa-drift.yaml'), configuration);
  await writeFile(join(folder, 'policies.yaml'), policy);
  const words = ['--config', 'mfa-drift.yaml', '--policies', 'policies.yaml'];
  const run = ([command = '', ...args]: readonly string[]): Promise<Ended> =>
    runCli([command, ...words, ...args], { cwd: folder, environment: sandbox.environment });
  const close = async (): Promise<void> => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  };
  return { sandbox, run: (...args) => run(args), close };
}

async function plainSetting(changes: Partial<FleetDocument> = {}): Promise<Setting['run']> {
  const setting = await setUp([], changes);
  onTestFinished(() => setting.close());
  return setting.run;
}

type Line = Readonly<Record<string, unknown>>;

/** The lines of the log; what else stands on standard error is no JSON. */
function linesOf({ stderr }: Ended): readonly Line[] {
  return stderr.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
}

const named = (lines: readonly Line[], message: string): readonly Line[] => lines.filter(({ msg }) => msg === message);

describe('a log of an audit', () => {
  let setting: Setting;
  let sandbox: Sandbox;
  let ended: Ended;
  let lines: readonly Line[];
  beforeAll(async () => {
    const lacks = ['account:ListRegions'];
    const faults = [
      { fault: 'throttle', operations: ['GetUserPoolMfaConfig'], count: 2 },
      { fault: 'http500', operations: ['ListUserPools'], count: 1 },
    ] as const;
    setting = await setUp(faults, { roles: { MfaDriftAudit: { externalId, lacks } } });
    sandbox = setting.sandbox;
    ended = await setting.run('audit', '--log-level', 'trace', '--report', 'json', '--account', member);
    lines = linesOf(ended);
  }, 120_000);
  afterAll(() => setting.close());

  test('has a line for each request that AWS saw, with its place, its try and its end', () => {
    const requests = named(lines, 'request');
    // AssumeRole is the caller's request for another account; who the caller is, its first request tells.
    const seen = sandbox.calls.entries.map(({ operation, accountId, region, outcome }) => {
      const account = operation === 'AssumeRole' ? member : operation === 'GetCallerIdentity' ? null : accountId;
      return JSON.stringify([operation, account, region, outcome === 'ok' ? null : outcome]);
    });
    const said = requests.map(({ operation, account, region, failure }) =>
      JSON.stringify([String(operation).split(':')[1], account, region, failure]),
    );
    expect(said.sort()).toEqual(seen.sort());
    expect(requests.length).toBe(JSON.parse(ended.stdout).summary.api.calls);
    for (const { attempt, status, ms, requestId } of requests) {
      expect([typeof attempt, typeof status, typeof ms]).toEqual(['number', 'number', 'number']);
      expect(requestId).toMatch(/^[\da-f-]{36}$/);
    }
    const reads = requests.filter(({ operation }) => operation === 'cognito-idp:GetUserPoolMfaConfig');
    expect(reads.map(({ attempt, status, failure }) => [attempt, status, failure])).toEqual([
      [1, 400, 'TooManyRequestsException'],
      [2, 400, 'TooManyRequestsException'],
      [3, 200, null],
    ]);
  });

  test('tells each change of pace, and each call that is tried again or given up', () => {
    const quota = `${member}/eu-west-1/UserPoolResourceRead`;
    const [paced] = named(lines, 'pace changes');
    expect(paced).toMatchObject({ quota, from: 10 });
    expect(paced?.['perSecond']).toBeLessThan(10);
    expect(named(lines, 'call is tried again')).toContainEqual(
      expect.objectContaining({ quota, failure: 'TooManyRequestsException', attempt: 1, waitMs: expect.any(Number) }),
    );
    expect(named(lines, 'call is given up')).toContainEqual(
      expect.objectContaining({ quota: 'account:ListRegions', code: 'AccessDenied', attempt: 1 }),
    );
  });

  test('tells each decision to skip, as the result has it', () => {
    const placesOf = (some: readonly Line[]): readonly string[] =>
      some.map(({ account, region, pool, reason }) => JSON.stringify([account, region, pool, reason])).sort();
    const skipped = named(lines, 'skipped');
    const passedOver = skipped.filter(({ reason }) => reason === 'not asked for');
    expect(passedOver.map(({ account }) => String(account)).sort()).toEqual([management, other]);
    const inResult = (JSON.parse(ended.stdout).skipped as readonly Line[]).map(
      ({ accountId: account, region, poolId: pool, reason }) => ({ account, region, pool, reason }),
    );
    expect(inResult.length).toBeGreaterThan(0);
    expect(placesOf(skipped.filter((line) => !passedOver.includes(line)))).toEqual(placesOf(inResult));
  });

  test('tells at the finest level when a request leaves, and what each connection carried', () => {
    expect(named(lines, 'request is sent')).toHaveLength(named(lines, 'request').length);
    expect(named(lines, 'exchange')).toHaveLength(sandbox.calls.entries.length);
    const [exchange] = named(lines, 'exchange');
    expect(exchange).toMatchObject({ method: 'POST', hostname: '127.0.0.1', status: 200, error: null });
    expect(exchange?.['bytes']).toBeGreaterThan(0);
  });

  test('never shows a credential, or the external id of the role', () => {
    const keys = new Set(sandbox.calls.entries.map(({ accessKeyId }) => String(accessKeyId)));
    expect(keys.size).toBeGreaterThan(1);
    const secret = sandbox.environment['AWS_SECRET_ACCESS_KEY'] ?? '';
    for (const each of [...keys, secret, externalId, 'Signature=', 'SessionToken', 'AWS4-HMAC']) {
      expect(each).not.toBe('');
      expect(`${ended.stdout}${ended.stderr}`).not.toContain(each);
    }
  });
});

test('--debug is known to every command that calls AWS, those that write too', async () => {
  const off = { totp: { mfa: { MfaConfiguration: 'OFF' } } } as const;
  const run = await plainSetting({ templates: off });
  const operations = (ended: Ended) => named(linesOf(ended), 'request').map(({ operation }) => operation);
  const planned = await run('plan', '--debug', '--max-changes', '5', '--out', 'plan.json');
  expect(operations(planned)).toContain('cognito-idp:DescribeUserPool');
  const applied = await run('apply', 'plan.json', '--debug', '--yes', '--max-changes', '5', '--journal', 'j.ndjson');
  expect(operations(applied)).toContain('cognito-idp:SetUserPoolMfaConfig');
  const undone = await run('rollback', 'j.ndjson', '--log-level', 'debug', '--yes');
  expect(operations(undone)).toContain('organizations:DescribeOrganization');
  const pool = ['eu-west-1_Customers', '--account', member, '--region', 'eu-west-1'];
  expect(operations(await run('show', ...pool, '--debug'))).toContain('cognito-idp:GetUserPoolMfaConfig');
}, 120_000);

describe('--quiet', () => {
  test('prints no log line and no warning: only the exit line', async () => {
    const run = await plainSetting();
    const { stderr } = await run('audit', '--quiet');
    expect(stderr).toMatch(/^exit \d: [^\n]+\n$/);
  });

  test.each([['--debug'], ['--log-level', 'trace']])('together with %s is refused', async (...flags) => {
    const words = ['--config', join(import.meta.dirname, '../../demo/mfa-drift.yaml'), '--policies', 'policies'];
    await expect(runHere(['audit', ...words, '--quiet', ...flags], {})).rejects.toThrow(
      `--quiet prints no log, and ${flags.join(' ')} asks for one: leave one of them out.`,
    );
  });
});

describe('a warning', () => {
  test('is said once, in the report and in words, never as JSON beside it', async () => {
    const run = await plainSetting();
    const { stdout, stderr } = await run('audit');
    expect(stdout.match(/the endpoint was overridden/g)).toHaveLength(1);
    expect(stderr).not.toContain('endpoint');
    expect(stderr).not.toMatch(/^\{/m);
  });

  test('is said by a command without a report of a run, once', async () => {
    const run = await plainSetting();
    const pool = ['eu-west-1_Customers', '--account', member, '--region', 'eu-west-1'];
    const { stderr } = await run('show', ...pool);
    expect(stderr.replace(/^configuration .*\n/, '')).toBe(
      'warning: requests go to a configured endpoint, not to AWS\n',
    );
  });
});
