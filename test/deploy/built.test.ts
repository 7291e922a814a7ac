/** What `bundle.mjs` makes is the same wherever it is made. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cliFile } from '../end-to-end/run-cli.ts';

test('the compiled program names no folder of the machine on which it was built', async () => {
  const folder = dirname(cliFile);
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(?:js|map)$/.test(name));
  expect(files.length).toBeGreaterThan(40);
  const naming = [];
  for (const file of files) if ((await readFile(join(folder, file), 'utf8')).includes(process.cwd())) naming.push(file);
  expect(naming).toEqual([]);
});
