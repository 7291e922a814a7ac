/** A run on several machines, and its results as one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import type { SavedResult } from '../oracle/result-verdicts.ts';
import { temporaryFolder } from '../temporary.ts';
import { run, type Ended } from './in-process.ts';
import { plainFleet, plainWriting } from './plain-fleet.ts';
import { writeWorkspace } from './workspace.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ fleet: plainFleet(12, 3), quotas: 'off' });
});
afterAll(() => sandbox.close());

interface Saved extends Ended {
  readonly file: string;
  readonly result: SavedResult;
}

async function auditWith(workspace: string, name: string, flags: readonly string[], variables = {}): Promise<Saved> {
  const file = join(workspace, `${name}.json`);
  const paths = ['--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
  const ended = await run(
    [
      'audit',
      ...paths,
      '--run-dir',
      join(workspace, `run-${name}`),
      '--report',
      `json=${file}`,
      '--quiet',
      '--log-level',
      'error',
      ...flags,
    ],
    { ...sandbox.environment, ...variables },
  );
  return { ...ended, file, result: JSON.parse(await readFile(file, 'utf8')) };
}

async function merged(workspace: string, shards: readonly Saved[]): Promise<Saved> {
  const file = join(workspace, 'merged.json');
  const ended = await run(['report', ...shards.map((shard) => shard.file), '--report', `json=${file}`], {});
  return { ...ended, file, result: JSON.parse(await readFile(file, 'utf8')) };
}

/** What does not depend on when and by how many machines it was read. */
function substance({ accounts, units, gaps, pools, summary, complete, run: { exitCode, shard } }: SavedResult): object {
  const { api, ...counts } = summary;
  expect(api.calls).toBeGreaterThan(0);
  return {
    accounts,
    units: units.map(({ readAt: _at, ...unit }) => unit),
    gaps,
    pools: pools.map(({ observedAt: _at, requestId: _id, ...pool }) => pool),
    counts,
    complete,
    exitCode,
    shard,
  };
}

describe('the shards of a run', () => {
  it('read every account once, say which shard they are, and merge into what one run would have said', async () => {
    const workspace = await writeWorkspace(plainWriting());
    const whole = await auditWith(workspace, 'whole', []);
    const shards = [
      await auditWith(workspace, 'first', ['--shard', '1/3']),
      await auditWith(workspace, 'second', ['--shard', 'auto'], { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' }),
      await auditWith(workspace, 'third', ['--shard', 'auto/3'], { JOB_COMPLETION_INDEX: '2' }),
    ];
    expect(shards.map(({ result }) => result.run.shard)).toEqual([
      { index: 1, count: 3 },
      { index: 2, count: 3 },
      { index: 3, count: 3 },
    ]);
    const ids = shards.flatMap(({ result }) => result.accounts.map(({ id }) => id));
    expect([...ids].sort()).toEqual(whole.result.accounts.map(({ id }) => id));
    const together = await merged(workspace, shards);
    expect(substance(together.result)).toEqual(substance(whole.result));
    expect(together.exitCode).toBe(whole.exitCode);
  });

  it('that lack one are incomplete: its accounts were not read', async () => {
    const workspace = await writeWorkspace(plainWriting());
    const first = await auditWith(workspace, 'first', ['--shard', '1/3']);
    const third = await auditWith(workspace, 'third', ['--shard', '3/3']);
    const together = await merged(workspace, [first, third]);
    expect(together.exitCode).toBe(3);
    expect(together.result.complete).toBe(false);
    expect(together.result.gaps.map(({ code }) => code)).toEqual(['shard-missing']);
  });

  it('that hold no account are complete and empty, not an error', async () => {
    const workspace = await writeWorkspace(plainWriting());
    const results = [];
    for (let index = 1; index <= 40; index += 13) {
      results.push(await auditWith(workspace, `part-${index}`, ['--shard', `${index}/4000`]));
    }
    const empty = results.filter(({ result }) => result.accounts.length === 0);
    expect(empty.length).toBeGreaterThan(0);
    expect(empty.map(({ exitCode }) => exitCode)).toEqual(empty.map(() => 0));
  });

  it('are chosen before anything is asked of AWS', async () => {
    const calls = sandbox.calls.count();
    const folder = await temporaryFolder();
    await expect(
      run(['audit', '--shard', 'auto', '--run-dir', join(folder, 'run')], sandbox.environment),
    ).rejects.toThrow('--shard auto: this is none of');
    expect(sandbox.calls.count()).toBe(calls);
  });
});
