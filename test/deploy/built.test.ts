/** What `bundle.mjs` makes is the same wherever it is made, and says what the sources say. */
import type { Command } from 'commander';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { wholeProgram } from '../../src/commands/line/program.ts';
import { run } from '../end-to-end/in-process.ts';
import { cliFile, runCli } from '../end-to-end/run-cli.ts';

test('the compiled program names no folder of the machine on which it was built', async () => {
  const folder = dirname(cliFile);
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(?:js|map)$/.test(name));
  expect(files.length).toBeGreaterThan(40);
  const naming = [];
  for (const file of files) if ((await readFile(join(folder, file), 'utf8')).includes(process.cwd())) naming.push(file);
  expect(naming).toEqual([]);
});

describe('help, which is written when the program is compiled', async () => {
  const commands = wordsOfEach(await wholeProgram());

  async function compiled(args: readonly string[], environment: Readonly<Record<string, string>>) {
    return runCli(args, { cwd: '/', environment });
  }

  it.each(commands.map((words) => [...words, '--help'].join(' ')))('%s is what commander lays out', async (line) => {
    const args = line.split(' ');
    const wanted = await run(args, {}, { columns: 120 });
    expect(wanted).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Usage: mfa-drift'), stderr: '' });
    expect(await compiled(args, {})).toEqual(wanted);
  });

  it.each([
    ['-h', 100],
    ['plan -h', 99],
    ['policy check --help', 44],
  ])('%s is laid out for %i columns', async (line, columns) => {
    const args = line.split(' ');
    const { stdout, ...ended } = await compiled(args, { COLUMNS: String(columns) });
    expect({ stdout, ...ended }).toEqual(await run(args, {}, { columns }));
    // Each of these pages has a sentence that needs more than a line.
    expect(stdout).not.toBe((await compiled(args, { COLUMNS: String(columns - 20) })).stdout);
  });

  it.each(['constructor --help', 'audit nowhere --help', 'audit --help=yes', 'policy chek --help'])(
    '%s is answered as by the sources',
    async (line) => {
      const wanted = await run(line.split(' '), {}, { columns: 120 });
      expect(await compiled(line.split(' '), {})).toEqual(wanted);
    },
  );

  it('a device that takes nothing more is told', async () => {
    const ended = await runCli(['--help'], { cwd: '/', environment: {}, first: 'exec > /dev/full' });
    expect(ended).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Standard output could not be written: no space is left on the disk.\n',
    });
  });
});

function wordsOfEach({ commands }: Command): readonly (readonly string[])[] {
  return [[], ...commands.flatMap((command) => wordsOfEach(command).map((words) => [command.name(), ...words]))];
}
