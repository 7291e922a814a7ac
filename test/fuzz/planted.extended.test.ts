/** What only a process of its own shows: a hang, a memory that is filled, a death. Planted, and found. */
import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { supervise } from './supervise.ts';
import { temporaryFolder } from '../temporary.ts';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';

beforeAll(() => {
  execFileSync('npx', ['tsc', '-p', 'test/fuzz/tsconfig.json']);
  execFileSync(process.execPath, ['build/fuzz/test/fuzz/prepare.js']);
}, 300_000);

test.each([
  ['toy-hang', 'hang'],
  ['toy-memory', 'memory'],
  ['toy-heap', 'death'],
  ['toy-crash', 'fall'],
])('%s is found as a %s', { timeout: 300_000 }, async (reader, what) => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, 'own'));
  const places = {
    current: join(folder, 'current'),
    progress: join(folder, 'progress'),
    kept: join(folder, 'kept'),
    folder: join(folder, 'own'),
    world: '',
  };
  const task = { reader, cases: 20_000, seed: 1, keep: false, ...places };
  const { findings } = await supervise('build/fuzz/test/fuzz/child.js', task);
  expect(findings).toMatchObject([{ what }]);
  expect(findings[0]?.input.subarray(0, 3)).toEqual(Buffer.of(0xff, 0x80, 0x7f));
});
