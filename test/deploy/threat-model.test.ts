/** Every test that SECURITY.md names is there, under that name. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const rows = readFileSync('SECURITY.md', 'utf8').match(/^\|.*\]\([^)]+\) \|$/gm) ?? [];

it.each(rows)('%s', (row) => {
  const [, text = '', file = ''] = /\[`?([^\]`]+)`?\]\(([^)]+)\) \|$/.exec(row) ?? [];
  expect([file, existsSync(file)]).toEqual([file, true]);
  const isNamed = !file.endsWith('.test.ts') || readFileSync(file, 'utf8').includes(`'${text}'`);
  expect([text, isNamed]).toEqual([text, true]);
});

it('names every one who could try something', () => {
  expect(rows.length).toBeGreaterThan(15);
  for (const who of ['member account', 'CI', 'pull request', 'policy repository', 'network', 'registry'])
    expect(readFileSync('SECURITY.md', 'utf8')).toContain(who);
});
