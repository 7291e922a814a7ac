/** What `bundle.mjs` makes is the same wherever it is made, and says what the sources say. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { wordsOfEach } from '../../src/commands/line/help-pages.ts';
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

describe('what a command loads at once', () => {
  /** Modules by what starts with a command; a file is told by its map. */
  async function loadedWith(entry: string): Promise<readonly string[]> {
    const folder = join(dirname(cliFile), 'chunks');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    const sourcesOf = async (file: string): Promise<readonly string[]> => {
      const { sources } = JSON.parse(await readFile(join(folder, `${file}.map`), 'utf8').catch(() => '{"sources":[]}'));
      return sources;
    };
    const from = [];
    for (const file of files) if ((await sourcesOf(file)).some((source) => source.endsWith(entry))) from.push(file);
    expect(from).toHaveLength(1);
    for (const file of from) {
      const imported = (await readFile(join(folder, file), 'utf8')).matchAll(/^import [^"]*"\.\/([^"]+)"/gm);
      for (const [, name = ''] of imported) if (!from.includes(name)) from.push(name);
    }
    return (await Promise.all(from.map(sourcesOf))).flat();
  }

  const aws = /@aws-sdk|@smithy|undici/;
  const savedResults = /saved\/read-json/;
  const runtimeSchemas = /node_modules\/ajv\/dist\/(?:core|2020|compile)/;
  const widths = /string-width/;

  it.each([
    ['src/commands/audit.ts', aws, [savedResults, runtimeSchemas, widths]],
    ['src/commands/plan.ts', aws, [savedResults, runtimeSchemas]],
    ['src/commands/report.ts', savedResults, [aws, runtimeSchemas, widths]],
    ['src/commands/audit-from-saved.ts', savedResults, [aws, runtimeSchemas]],
    ['src/commands/completion.ts', /setting-flags/, [aws, savedResults, runtimeSchemas, widths]],
    ['src/commands/policy/policy-check.ts', /load-policy-set/, [aws, savedResults, runtimeSchemas, widths]],
    ['src/commands/journal.ts', /journal\/read\.ts/, [aws, savedResults, runtimeSchemas]],
  ])('%s: what it needs, and not what others do', async (entry, needed, others) => {
    const sources = await loadedWith(entry);
    expect(sources.filter((source) => needed.test(source))).not.toEqual([]);
    expect(sources.filter((source) => others.some((other) => other.test(source)))).toEqual([]);
  });
});
