import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { plainFleet, plainWriting } from '../end-to-end/plain-fleet.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import { json } from '../../src/report/formats/json.ts';
import { aFinding, aPool, aResult, textOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ fleet: plainFleet(3, 3), quotas: 'off', recordCalls: true });
});
afterAll(() => sandbox.close());

async function place() {
  const workspace = await writeWorkspace(plainWriting());
  const history = join(workspace, 'history');
  const result = join(workspace, 'result.json');
  const inputs = ['--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
  const reports = ['--report', `json=${result}`, '--quiet'];
  const audit = (...flags: string[]) =>
    run(['audit', ...inputs, '--run-dir', join(workspace, 'run'), ...reports, ...flags], sandbox.environment);
  return { history, result, inputs, audit };
}

describe('audit --history', () => {
  it('adds the night that it reports', async () => {
    const { history, audit } = await place();
    const { exitCode, stderr } = await audit('--history', history);
    expect(stderr).toMatch(/^added to the history in \S+: \d{4}-\d\d-\d\d, run \S+$/m);
    expect((await run(['history', 'verify', '--history', history], {})).stdout).toBe('OK  1 night as written\n');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const [counts] = (
      await connection.runAndReadAll(
        `SELECT r.exit_code, r.pools_total, (SELECT count(*) FROM read_parquet('${history}/pools/*/*.parquet'))::INT AS rows
         FROM read_parquet('${history}/runs/*/*.parquet') r`,
      )
    ).getRowObjectsJson();
    expect(counts).toEqual({ exit_code: exitCode, pools_total: counts?.['rows'], rows: counts?.['rows'] });
  });

  it('is tried before anything is read', async () => {
    const { history, audit } = await place();
    await mkdir(history);
    await writeFile(join(history, 'letters.txt'), 'mine');
    const before = sandbox.calls.entries.length;
    await expect(audit('--history', history)).rejects.toThrow(/a folder with other things in it/);
    expect(sandbox.calls.entries).toHaveLength(before);
  });

  it('is not for what is judged anew', async () => {
    const { history, result, audit } = await place();
    await audit();
    await expect(audit('--from', result, '--history', history)).rejects.toThrow(/--from judges anew/);
  });
});

describe('history', () => {
  it('adds saved results, checks them, and removes what is old', async () => {
    const { history, result, audit } = await place();
    await audit();
    const add = () => run(['history', 'add', result, '--history', history], {});
    expect((await add()).stdout).toMatch(/^added {2}\d{4}-\d\d-\d\d {2}run \S+\n$/);
    expect((await add()).stdout).toMatch(/^there already {2}/);
    const prune = (...flags: string[]) => run(['history', 'prune', '--history', history, ...flags], {});
    expect((await prune('--keep', '400')).stdout).toMatch(/^0 nights before \d{4}-\d\d-\d\d removed\n$/);
    expect((await prune('--before', '2999-01-01')).stdout).toMatch(
      /^removed {2}.*\n1 night before 2999-01-01 removed\n$/,
    );
    await expect(run(['history', 'verify', '--history', history], {})).rejects.toThrow(/holds no night/);
    await expect(prune()).rejects.toThrow(/needs --before YYYY-MM-DD or --keep DAYS/);
    await expect(prune('--keep', '1', '--before', '2026-01-01')).rejects.toThrow(/not both/);
    expect((await prune('--before', '2026-02-30')).stderr).toMatch(/must be a date/);
  });

  it('keeps no external id', async () => {
    const folder = await temporaryFolder();
    const [file, history] = [join(folder, 'result.json'), join(folder, 'history')];
    const path = 'SmsMfaConfiguration.SmsConfiguration.ExternalId';
    const secret = aFinding({ path, expected: { present: true }, actual: 'unmistakable-id' });
    const text = await textOf(json(aResult({ pools: [aPool({ findings: [secret] })] })));
    expect(text).toContain('unmistakable-id');
    await writeFile(file, text);
    await run(['history', 'add', file, '--history', history], {});
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = await connection.runAndReadAll(
      `SELECT path, actual FROM read_parquet('${history}/findings/*/*.parquet')`,
    );
    expect(rows.getRowsJson()).toEqual([[path, expect.not.stringContaining('unmistakable')]]);
  });

  it('says what is no result', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'letter.txt');
    await writeFile(file, 'mine');
    await expect(run(['history', 'add', file, '--history', join(folder, 'h')], {})).rejects.toThrow(/letter\.txt/);
  });
});
