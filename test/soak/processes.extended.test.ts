/** The program as a process of its own: a day of hourly runs, and eight shards at once. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../end-to-end/run-cli.ts';
import { says, shouldSay, soakWorkspace } from './audits.ts';
import { startMoving, type Moving } from './moving.ts';

const shards = 8;
let moving: Moving;

beforeAll(async () => {
  moving = await startMoving(Date.now);
});
afterAll(() => moving.close());

test('24 hourly runs tell each hour right and leave nothing behind', { timeout: 600_000 }, async () => {
  const workspace = await soakWorkspace();
  const environment = { ...moving.environment, TMPDIR: workspace.scratch };
  for (let hour = 0; hour < 24; hour += 1) {
    await moving.moveTo(hour);
    const ended = await runCli(workspace.audit(hour), { cwd: workspace.folder, environment });
    const result = JSON.parse(await readFile(workspace.resultOf(hour), 'utf8'));
    expect(says(result)).toEqual(shouldSay(hour));
    expect(ended.exitCode).toBe(result.run.exitCode);
  }
  expect(await readdir(workspace.scratch)).toEqual([]);
  // The run directory was named, so it stays.
  const kept = ['mfa-drift.yaml', 'policies', 'result-0.json', 'result-1.json', 'run', 'scratch'];
  expect((await readdir(workspace.folder)).sort()).toEqual(kept);
});

test(`${shards} shards at once are together what one run is`, { timeout: 600_000 }, async () => {
  await moving.moveTo(24);
  const workspace = await soakWorkspace();
  const options = { cwd: workspace.folder, environment: { ...moving.environment, TMPDIR: workspace.scratch } };
  const files = Array.from({ length: shards }, (_, at) => join(workspace.folder, `shard-${at + 1}.json`));
  const base = workspace.audit(0).filter((flag) => !flag.startsWith('json='));
  const ended = await Promise.all(
    files.map((file, at) => {
      const own = ['--shard', `${at + 1}/${shards}`, '--report', `json=${file}`, '--run-dir', `run-${at + 1}`];
      return runCli([...base.filter((flag) => flag !== '--report'), ...own], options);
    }),
  );
  expect(ended.map(({ exitCode }) => exitCode).every((code) => code === 0 || code === 2)).toBe(true);
  const merged = join(workspace.folder, 'merged.json');
  await runCli(['report', ...files, '--report', `json=${merged}`], options);
  const { opened: _opened, ...expected } = shouldSay(24);
  expect(says(JSON.parse(await readFile(merged, 'utf8')))).toMatchObject(expected);
  expect(await readdir(workspace.scratch)).toEqual([]);
});
