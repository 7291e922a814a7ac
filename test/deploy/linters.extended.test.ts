/** What programs of others say of the templates. */
import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { without } from '../programs.ts';

/** They start many processes, one after another; a machine with other work is slow at that. */
vi.setConfig({ testTimeout: 300_000 });

const folder = resolve(import.meta.dirname, '../../deploy');
const noLint = without('cfn-lint');

it.skipIf(noLint !== '')(`cfn-lint finds nothing in the templates${noLint}`, async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const templates = files.filter((_file, at) => texts[at]?.includes('\nResources:\n'));
  expect(templates.length).toBeGreaterThan(10);
  expect(execFileSync('cfn-lint', templates, { encoding: 'utf8' })).toBe('');
});

const noTerraform = without('Terraform with its AWS provider (TERRAFORM_PLUGINS)');

it.skipIf(noTerraform !== '').each(['account', 'runner'])(`Terraform finds %s valid${noTerraform}`, async (module) => {
  const cwd = await temporaryFolder();
  await cp(join(folder, 'terraform', module), cwd, { recursive: true });
  const terraform = (...args: string[]) => execFileSync('terraform', args, { cwd, encoding: 'utf8' });
  expect(terraform('fmt', '-check')).toBe('');
  terraform('init', '-backend=false', `-plugin-dir=${process.env['TERRAFORM_PLUGINS']}`);
  expect(JSON.parse(terraform('validate', '-json'))).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
});
