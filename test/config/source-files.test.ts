import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSourceFiles } from '../../src/config/policies/source-files.ts';
import { temporaryFolder } from '../temporary.ts';

async function folderWith(...names: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
}

describe('the files of a folder of policies', () => {
  it('are those that end in .yaml or .yml, however that is written, and tests apart', async () => {
    const folder = await folderWith('a.yaml', 'b.yml', 'C.YAML', 'a.test.yaml', 'b.test.YML', '.hidden.yaml', 'd.json');
    mkdirSync(join(folder, 'below'));
    const { policies, tests, complaints } = findSourceFiles([folder]);
    const inside = (names: readonly string[]) => names.map((name) => join(folder, name));
    expect({ policies, tests, complaints }).toEqual({
      policies: inside(['C.YAML', 'a.yaml', 'b.yml']),
      tests: inside(['a.test.yaml', 'b.test.YML']),
      complaints: [],
    });
  });

  it('can’t have one name with both endings: one of the two is left over', async () => {
    const folder = await folderWith('prod.yaml', 'prod.yml', 'test.yaml');
    expect(findSourceFiles([folder]).complaints).toMatchObject([
      { file: join(folder, 'prod.yml'), message: 'stands beside prod.yaml' },
    ]);
  });
});
