/** A list of survivors is worth something as long as it speaks of the code that there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readGroups } from './survivors.ts';

/** Lines of source, without the space around them, by the base name of their files. */
function linesOfSource(): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = new Map<string, Set<string>>();
  for (const file of readdirSync('src', { encoding: 'utf8', recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const known = lines.get(basename(file)) ?? new Set();
    lines.set(basename(file), known);
    for (const line of readFileSync(join('src', file), 'utf8').split('\n')) known.add(line.trim());
  }
  return lines;
}

test('each mutant of the list changes a line that stands in the source', () => {
  const lines = linesOfSource();
  const listed = readGroups('test/mutants/survivors.yaml').flatMap(({ mutants }) => mutants);

  expect(listed.length).toBeGreaterThan(0);
  expect(listed.filter(({ file, was }) => lines.get(file)?.has(was) !== true)).toEqual([]);
});
