/** The texts of all drifted pools before the programs that will read them: cfn-lint, and Terraform with its provider. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PatchTool } from '../../../src/domain/patch/members.ts';
import { shownPatch } from '../../../src/report/plan/patch/patches.ts';
import { without } from '../../programs.ts';
import { temporaryFolder } from '../../temporary.ts';
import { driftedPools } from './drifted-pools.ts';
import { lookAt } from './look-at.ts';

/** The tool's own text of every pool, and of pools that look alike the name apart. */
function textsIn(tool: PatchTool): readonly string[] {
  return driftedPools.flatMap((drifted, index) => {
    const { wanted } = lookAt(drifted, {}, drifted.config, drifted.userPool);
    if (wanted === null) throw new Error('nothing to write');
    const texts = shownPatch(tool, { ...wanted, poolName: `pool ${index}` }, false).texts;
    return texts.at(-1)?.lines.join('\n') ?? [];
  });
}

/** Its schema (1.51) is older than End User Messaging; the other is the limit that the notes of a patch name. */
const known = /'EumsSms' was unexpected|is longer than 63/;
const noLint = without('cfn-lint');
it.skipIf(noLint !== '')(
  `cfn-lint finds no error in the properties${noLint}`,
  async () => {
    const folder = await temporaryFolder();
    const files = await Promise.all(
      textsIn('cloudformation').map(async (text, index) => {
        const file = join(folder, `${index}.yaml`);
        await writeFile(file, text);
        return file;
      }),
    );
    const said = spawnSync('cfn-lint', ['--format', 'parseable', ...files], { encoding: 'utf8' }).stdout;
    const faults = said.split('\n').filter((line) => line !== '');
    expect(faults.filter((line) => !known.test(line))).toEqual([]);
    expect(faults.filter((line) => line.includes('is longer than 63'))).toHaveLength(1);
  },
  240_000,
);

const noTerraform = without('Terraform with its AWS provider (TERRAFORM_PLUGINS)');
it.skipIf(noTerraform !== '')(
  `Terraform finds the arguments valid${noTerraform}`,
  async () => {
    const cwd = await temporaryFolder();
    const texts = textsIn('terraform').map((text) => text.replace(/^(resource .*)$/m, '$1\n  name = "x"'));
    await writeFile(join(cwd, 'main.tf'), texts.join('\n'));
    const terraform = (...args: string[]) => execFileSync('terraform', args, { cwd, encoding: 'utf8' });
    terraform('init', '-backend=false', `-plugin-dir=${process.env['TERRAFORM_PLUGINS']}`);
    expect(JSON.parse(terraform('validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
  },
  240_000,
);
