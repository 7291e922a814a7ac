import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { run } from '../end-to-end/in-process.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { resultSchema } from '../../src/result/saved/schema.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import {
  floor,
  keptDigest,
  organization,
  poolId,
  type Files,
  type Organization,
  type PoolDraft,
} from './organization.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
vi.mock(import('../../src/pacing/clock.ts'), async (original) => {
  const { hastened } = await import('../hastened.ts');
  return { systemClock: hastened((await original()).systemClock) };
});

const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };

async function night(org: Organization, ...args: readonly string[]) {
  const file = join(org.folder, 'result.json');
  const ended = await org.remediate('--report', `json=${file}`, ...args);
  const result = JSON.parse(await readFile(file, 'utf8'));
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(resultSchema);
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
  return {
    ...ended,
    result,
    pool: (id: string) => result.pools.find((pool: { poolId: string }) => pool.poolId === poolId(id)),
  };
}

async function started(pools: readonly PoolDraft[], files: Files = {}, options: Partial<SandboxOptions> = {}) {
  return organization(pools, files, options);
}

describe('audit --remediate', () => {
  test('fixes what a policy lets it fix, and the result says how the pool was and is', async () => {
    const org = await started([{ id: 'One' }, { id: 'Right', mfa: on }]);
    const { exitCode, stderr, result, pool } = await night(org);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('exit 0');
    expect(org.mfa('One')).toMatchObject(on);
    expect(pool('One')).toMatchObject({
      status: 'compliant',
      config: on,
      findings: [
        { path: 'MfaConfiguration', actual: 'OFF', status: 'fixed', fix: { risk: 'tightening', refused: null } },
        { path: 'SoftwareTokenMfaConfiguration.Enabled', actual: false, status: 'fixed' },
      ],
      remediation: {
        outcome: 'applied',
        code: null,
        before: { MfaConfiguration: 'OFF' },
        after: on,
        journal: org.night,
      },
    });
    expect(pool('Right').remediation).toBeNull();
    expect(result.summary.findings).toMatchObject({ high: 0, fixed: 2 });
    expect(result.summary.pools).toMatchObject({ total: 2, compliant: 2, drifted: 0 });
    const start = JSON.parse((await readFile(org.night, 'utf8')).split('\n')[0] ?? '');
    expect(start).toMatchObject({
      event: 'start',
      runId: result.run.id,
      planDigest: null,
      organizationId: 'o-remediation1',
    });
  });

  test('shows at a terminal what goes on while it works out the changes, and then the changes', async () => {
    const slow = { operations: ['DescribeUserPool', 'SetUserPoolMfaConfig'], latencyMs: 400 };
    const org = await started([{ id: 'One' }], {}, { faults: { faults: [slow] } });
    const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
    const args = ['audit', '--remediate', '--journal', org.night, ...files];
    const { exitCode, stderr } = await run(args, org.sandbox.environment, { isTerminal: true });
    expect(exitCode).toBe(0);
    const shown = [...stderr.matchAll(/working out changes · \d+ calls?|changing pools \d+\/\d+/g)].map(
      ([text]) => text,
    );
    expect(shown[0]).toMatch(/^working out changes · [1-9]/);
    expect(shown.at(-1)).toMatch(/^changing pools [01]\/1$/);
  });

  test('can be rolled back, and the hold keeps the next night away from the pool', async () => {
    const org = await started([{ id: 'One' }]);
    await night(org);
    const { exitCode } = await org.cli(
      'rollback',
      org.night,
      '--yes',
      ...(await keptDigest(org.night)),
      '--hold',
      join(org.folder, 'policies', 'hold.yaml'),
    );
    expect(exitCode).toBe(0);
    const second = await night(org, '--journal', join(org.folder, 'second.ndjson'));
    expect(second.exitCode).toBe(2);
    expect(second.pool('One')).toMatchObject({ status: 'drifted', remediation: { outcome: 'refused', code: 'held' } });
    expect(org.mfa('One')).toEqual({ MfaConfiguration: 'OFF' });
  });

  const disruptive = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
  test.each<readonly [string, PoolDraft, Files, readonly string[]]>([
    ['mode', { id: 'One' }, { policies: [{ ...floor, remediation: { mode: 'manual' } }] }, []],
    ['mode', { id: 'One' }, { policies: [{ ...floor, remediation: { mode: 'never' } }] }, []],
    ['risk', { id: 'One' }, { policies: [{ ...floor, expect: disruptive }] }, []],
    [
      'risk',
      { id: 'One', mfa: on },
      { policies: [{ ...floor, expect: { MfaConfiguration: 'OFF' } }] },
      ['--allow', 'weakening'],
    ],
    [
      'too-many-users',
      { id: 'One', userPool: { EstimatedNumberOfUsers: 2000 } },
      { policies: [{ ...floor, expect: disruptive }] },
      ['--allow', 'disruptive'],
    ],
    ['exempt', { id: 'One', userPool: { UserPoolTags: { 'mfa-remediation': 'exempt' } } }, {}, []],
    ['unknown-fields', { id: 'One', mfa: { MfaConfiguration: 'OFF', Hologram: {} } }, {}, []],
    [
      'unknown-fields',
      {
        id: 'One',
        mfa: { ...on, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: false, Window: 3 } },
      },
      {},
      [],
    ],
    ['managed-elsewhere', { id: 'One', userPool: { UserPoolTags: { 'aws:cloudformation:stack-name': 's' } } }, {}, []],
  ])('writes nothing and exits 2: %s', async (code, draft, files, flags) => {
    const org = await started([draft], files);
    const { exitCode, pool } = await night(org, ...flags);
    expect(exitCode).toBe(2);
    expect(org.sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
    expect(pool('One')).toMatchObject({ status: 'drifted', remediation: { outcome: 'refused', code } });
    for (const finding of pool('One').findings) expect(finding.fix).toMatchObject({ refused: code });
  });

  test('over the limit nothing is written, and that is exit 4', async () => {
    const pools = Array.from({ length: 12 }, (_, index) => ({ id: `P${index}`, ...(index < 10 ? { mfa: on } : {}) }));
    const org = await started(pools, { remediation: { maxChangesPercent: 10 } });
    const { exitCode, result, pool } = await night(org);
    expect(exitCode).toBe(4);
    expect(org.sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
    expect(pool('P11').remediation).toMatchObject({ outcome: 'refused', code: 'too-many-changes' });
    expect(result.warnings).toMatchObject([
      {
        code: 'remediation-stopped',
        message: expect.stringContaining('Would change 2 of 12 pools (16.7 %); the limit is 10 %.'),
      },
    ]);
  });

  test('MFA_DRIFT_REMEDIATION=off beats every flag', async () => {
    const org = await started([{ id: 'One' }]);
    process.env['MFA_DRIFT_REMEDIATION'] = 'off';
    try {
      const { exitCode, pool } = await night(org, '--allow', 'disruptive', '--max-changes', '1000');
      expect(exitCode).toBe(2);
      expect(pool('One').remediation).toMatchObject({ outcome: 'refused', code: 'remediation-off' });
    } finally {
      delete process.env['MFA_DRIFT_REMEDIATION'];
    }
    expect(org.sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
  });

  test('writes nothing where the list of accounts has a gap', async () => {
    const pools = Array.from({ length: 30 }, (_, index) => ({
      id: `P${index}`,
      accountId: `1111222200${String(index + 10).padStart(2, '0')}`,
    }));
    const faults = { faults: [{ fault: 'notJson', operations: ['ListAccounts'], after: 1 }] } as const;
    const org = await started(pools, {}, { faults });
    const { exitCode, result } = await night(org);
    expect(result.gaps).toMatchObject([{ scope: 'organization' }]);
    expect(exitCode).toBe(3);
    expect(org.sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
    expect(result.warnings).toMatchObject([
      { code: 'remediation-stopped', message: expect.stringContaining('the list of accounts could not be read whole') },
    ]);
  }, 120_000);

  test.each([
    ['--shard', ['--shard', '1/2'], /--remediate does not go together with --shard/],
    ['--no-verify-ssl', ['--no-verify-ssl'], /--no-verify-ssl never goes together with a write/],
    ['--from', ['--from', 'result.json'], /--remediate changes live pools, and --from reads a saved result/],
  ])('never goes together with %s', async (_name, flags, message) => {
    const org = await started([{ id: 'One' }]);
    await expect(org.remediate(...flags)).rejects.toThrow(message);
    expect(org.sandbox.calls.count()).toBe(0);
  });

  test("an earlier run's journal is refused before anything is read", async () => {
    const org = await started([{ id: 'One' }]);
    await night(org);
    const before = org.sandbox.calls.count();
    await expect(org.remediate()).rejects.toThrow('the file is there already, and a run has a journal of its own');
    expect(org.sandbox.calls.count()).toBe(before);
  });

  test('a change that fails makes 4, and the finding stays', async () => {
    const faults = { faults: [{ fault: 'http500', operations: ['SetUserPoolMfaConfig'] }] } as const;
    const org = await started([{ id: 'One' }], {}, { faults });
    const { exitCode, pool } = await night(org);
    expect(exitCode).toBe(4);
    expect(pool('One')).toMatchObject({ status: 'drifted', remediation: { outcome: 'failed' } });
  }, 120_000);

  test('a resumed run accounts for what it did before it was killed', async () => {
    const org = await started([{ id: 'One' }, { id: 'Two' }]);
    const first = await night(org);
    expect(first.exitCode).toBe(0);
    // As a kill right after the second call leaves it: the run is not finished, and one end was never written.
    const lines = (await readFile(org.night, 'utf8')).trimEnd().split('\n');
    await writeFile(org.night, `${lines.slice(0, -1).join('\n')}\n`);
    const mark = join(org.folder, 'run', 'run.json');
    await writeFile(mark, JSON.stringify({ ...JSON.parse(await readFile(mark, 'utf8')), finished: false }));
    const second = await night(org, '--resume');
    expect(second.exitCode).toBe(0);
    expect(org.writes()).toBe(2);
    for (const id of ['One', 'Two']) {
      expect(second.pool(id)).toMatchObject({ status: 'compliant', remediation: { outcome: 'applied' } });
    }
    expect((await org.readJournal(org.night)).filter(({ event }) => event === 'done')).toHaveLength(2);
  });
});
