/** One word for one thing: a stranger who looks a type up finds one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const declaration = /^export (?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)/gm;

/** Files by the name of the type that they export. */
function exportedTypes(): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const file of readdirSync('src', { encoding: 'utf8', recursive: true }))
    if (file.endsWith('.ts'))
      for (const [, name = ''] of readFileSync(join('src', file), 'utf8').matchAll(declaration))
        files.set(name, [...(files.get(name) ?? []), file]);
  return files;
}

test('no two files of src export types of one name', () => {
  const types = exportedTypes();

  expect(types.size).toBeGreaterThan(500);
  expect([...types].filter(([, files]) => files.length > 1)).toEqual([]);
});
