import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunInputs } from '../../src/domain/policy/run-inputs.ts';
import { evaluateSaved, type SavedRun } from '../../src/result/evaluate-saved.ts';
import { version } from '../../src/version.ts';
import { defaultSettings } from '../default-settings.ts';
import { policy, policySet, today } from '../policy-set.ts';
import { aFinding, anAccount, aPool, aResult, aUnit, listOf, type Records } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

const wantsOn = `${policy('wants-on')}severity: medium\nexpect: { MfaConfiguration: "ON" }\n`;

function loaded(text: string, more: Partial<RunInputs> = {}): RunInputs {
  return { settings: defaultSettings, set: policySet(text), files: [], sourceFolder: '', ...more };
}

async function judged(text: string, records: Records = {}, more: Partial<SavedRun> = {}) {
  const saved = aResult({ accounts: [anAccount()], units: [aUnit()], pools: [aPool()], ...records });
  const folder = join(await temporaryFolder(), 'judged');
  const flags = { exitZero: false, failOnNew: false };
  const run = { loaded: loaded(text), saved, file: 'last.json', folder, flags, now: today, ...more };
  return { saved, result: await evaluateSaved(run) };
}

const optional = aPool({ config: { MfaConfiguration: 'OPTIONAL' } });

test('pools are judged by the policies of now, and by nothing that the saved result said of them', async () => {
  const pools = [
    { ...optional, findings: [aFinding()], status: 'compliant' as const },
    aPool({ poolId: 'eu-west-1_Zz98Yy76X', findings: [aFinding()], status: 'drifted' }),
  ];
  const { result } = await judged(wantsOn, { pools });
  expect(await listOf(result.pools())).toMatchObject([
    { status: 'drifted', policies: ['wants-on'], findings: [{ path: 'MfaConfiguration', actual: 'OPTIONAL' }] },
    { status: 'compliant', policies: ['wants-on'], findings: [] },
  ]);
  expect(result.head.summary).toMatchObject({
    accounts: { listed: 1, audited: 1, skipped: 0, failed: 0 },
    pools: { total: 2, compliant: 1, drifted: 1 },
    findings: { medium: 1, high: 0 },
    changes: null,
    remediation: null,
    api: { calls: 0, throttled: 0, retried: 0 },
  });
});

test('the run is a new one, of what the saved one read, where it read', async () => {
  const shard = { index: 1, count: 2 };
  const scope = { accounts: 'ids', filters: { region: ['eu-west-1'] }, regions: ['eu-west-1'] } as const;
  const baseline = { runId: 'run-0', startedAt: '2026-11-17T02:11:30.000Z', policySetSha256: 'c'.repeat(64) };
  const read = { callerArn: 'arn:aws:iam::999988887777:user/ci', organizationId: 'o-x1x2x3x4x5', endpoints: ['proxy'] };
  const before = Date.now();
  const inputs = loaded(wantsOn, {
    settings: { ...defaultSettings, failOn: 'critical' },
    files: [{ file: 'policies/p.yaml', sha256: 'd'.repeat(64), names: ['wants-on'], text: wantsOn }],
  });
  const { saved, result } = await judged(
    wantsOn,
    { run: { ...read, endpointOverridden: true, shard, scope, baseline, sourceFolder: 'of then' } },
    { loaded: inputs, flags: { exitZero: false, failOnNew: true } },
  );
  const { run, tool, schemaVersion, redacted } = result.head;
  const { id, finishedAt, ...others } = run;
  expect(id).toMatch(/^[0-9a-f]{8}-/);
  expect(Date.parse(finishedAt)).toBeGreaterThanOrEqual(before);
  expect(others).toEqual({
    ...read,
    endpointOverridden: true,
    shard,
    scope,
    startedAt: '2026-11-22T12:00:00.000Z',
    interrupted: false,
    clocks: 'own',
    exitCode: 0,
    failOn: 'critical',
    failOnNew: true,
    baseline: null,
    from: {
      runId: 'run-1',
      startedAt: '2026-11-18T02:11:30.000Z',
      policySetSha256: saved.head.run.policySetSha256,
    },
    policySetSha256: inputs.set.sha256,
    policySet: [
      { name: 'wants-on', severity: 'medium', description: null, controls: [], file: 'policies/p.yaml', line: 3 },
    ],
    policies: inputs.files,
  });
  expect({ tool, schemaVersion, redacted }).toEqual({
    tool: { name: 'mfa-drift', version },
    schemaVersion: '1',
    redacted: false,
  });
});

test('paths count from where the policies of now lie', async () => {
  const { result } = await judged(wantsOn, {}, { loaded: loaded(wantsOn, { sourceFolder: 'security' }) });
  expect(result.head.run.sourceFolder).toBe('security');
});

test('what comes of a redacted copy is one', async () => {
  const whole = aResult({ accounts: [anAccount()], units: [aUnit()], pools: [aPool()] });
  const saved = { ...whole, head: { ...whole.head, redacted: true } };
  expect((await judged(wantsOn, {}, { saved })).result.head.redacted).toBe(true);
});

describe('ends with', () => {
  const drift = { pools: [optional] };
  const gap = { units: [aUnit({ status: 'gap', reason: 'throttled' })], pools: [] };

  test.each<[number, string, Records, boolean]>([
    [0, 'nothing drifts', {}, false],
    [2, 'something does', drift, false],
    [3, 'something was not read', gap, false],
    [0, 'something does, with --exit-zero', drift, true],
  ])('%i where %s', async (exitCode, _what, records, exitZero) => {
    const { result } = await judged(wantsOn, records, { flags: { exitZero, failOnNew: false } });
    expect(result.head.run.exitCode).toBe(exitCode);
  });

  test('0 where what drifts is below --fail-on', async () => {
    const settings = { ...defaultSettings, failOn: 'high' } as const;
    const { result } = await judged(wantsOn, drift, { loaded: loaded(wantsOn, { settings }) });
    expect(result.head.run.exitCode).toBe(0);
  });
});

test('what the saved run did not need to read is a gap, and no drift', async () => {
  const wantsDevices = `${policy('devices')}expect: { UserPool: { DeviceConfiguration: { present: false } } }\n`;
  const { result } = await judged(wantsDevices, { pools: [aPool({ userPool: { Name: 'customers' } })] });
  expect(await listOf(result.pools())).toMatchObject([{ status: 'unreadable', findings: [] }]);
  expect(await listOf(result.gaps())).toMatchObject([{ scope: 'pool', code: 'expectation-unreadable' }]);
});

describe('warns of', () => {
  const nobody = `${policy('nobody')}match: { pools: [nobody] }\nexpect: { MfaConfiguration: "ON" }\n`;
  const codesOf = async (records: Records = {}) =>
    (await judged(nobody, records)).result.head.warnings.map(({ code }) => code);

  test('what matches nothing, where the whole was read', async () => {
    expect(await codesOf()).toEqual(['self-contradiction', 'selector-unused']);
  });

  test('only what the policies say by themselves, where a part was', async () => {
    expect(await codesOf({ run: { shard: { index: 1, count: 2 } } })).toEqual(['self-contradiction']);
    const scope = { accounts: 'organization', filters: { region: ['eu-west-1'] }, regions: 'enabled' } as const;
    expect(await codesOf({ run: { scope } })).toEqual(['self-contradiction']);
  });
});

test('a result whose pools are not those of its units is refused', async () => {
  await expect(judged(wantsOn, { units: [] })).rejects.toThrow('last.json is not whole');
});
