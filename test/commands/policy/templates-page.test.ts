/** What docs/templates.md shows is what is printed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../end-to-end/in-process.ts';
import { temporaryFolder } from '../../temporary.ts';

const page = readFileSync('docs/templates.md', 'utf8');
const template = /```yaml\n# shop\.yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const shown = /```text\n\$ mfa-drift ([^|]*?)\n(no configuration[\s\S]*?)```/.exec(page);
const whole = /```sh\nmfa-drift ([\s\S]*?)```/.exec(page)?.[1] ?? '';

async function perform(command: string) {
  const folder = await temporaryFolder();
  const file = join(folder, 'shop.yaml');
  writeFileSync(file, template);
  const args = command.replaceAll('\\\n', ' ').trim().split(/\s+/);
  const ended = await run(
    args.map((arg) => (arg === 'shop.yaml' ? file : arg)),
    {},
  );
  return { exitCode: ended.exitCode, text: (ended.stderr + ended.stdout).replaceAll(`${folder}/`, '') };
}

describe('docs/templates.md', () => {
  it('shows what is printed of the template, by the policies that come along', async () => {
    const [, command = '', output] = shown ?? [];
    const ended = await perform(command);
    expect(ended.text).toContain(output);
    expect(ended.exitCode).toBe(3);
  });

  it('names flags with which the same template is judged to the end', async () => {
    const ended = await perform(whole);
    expect(ended.text).toContain('OK  0 of 1 pool would drift');
    expect(ended.exitCode).toBe(0);
  });

  it('shows what the document for programs says is open', async () => {
    const { text } = await perform(`${shown?.[1] ?? ''} --report json`);
    const document = JSON.parse(text.slice(text.indexOf('{')));
    const open = document.templates[0].pools[0].unknown.filter((one: { possible: unknown }) => one.possible !== null);
    expect(page).toContain(`\nCustomers ${open[0].path}: ${open[0].why}\n`);
    expect(open).toHaveLength(1);
  });
});
