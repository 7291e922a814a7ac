import { spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completable, everyCommand } from '../../src/commands/completion/completable.ts';
import { shells, type ShellName } from '../../src/commands/completion/shells.ts';
import { wholeProgram } from '../../src/commands/line/program.ts';
import { run } from '../end-to-end/in-process.ts';
import { program, without } from '../programs.ts';
import { temporaryFolder } from '../temporary.ts';

async function scriptFor(shell: ShellName): Promise<string> {
  return (await run(['completion', shell], {})).stdout;
}

/** What is typed up to the first Tab, and the whole line after it. */
const lines: readonly (readonly [typed: string, completed: string])[] = [
  ['aud', 'audit'],
  ['policy ch', 'policy check'],
  ['policy check --conf', 'policy check --config'],
  ['audit --config res', 'audit --config result.json'],
  ['audit --ca-bundle=res', 'audit --ca-bundle=result.json'],
  ['audit --run-dir rep', 'audit --run-dir reports/'],
  ['audit --log-level d', 'audit --log-level debug'],
  ['audit --profile audit --log-level d', 'audit --profile audit --log-level debug'],
  ['audit --query res', 'audit --query res'],
  ['plan --allow disr', 'plan --allow disruptive'],
  ['audit --report ht', 'audit --report html'],
  ['audit --report=ht', 'audit --report=html'],
  ['audit --report html=res', 'audit --report html=result.json'],
  ['audit --report=html=res', 'audit --report=html=result.json'],
  ['plan --report ht', 'plan --report ht'],
  ['show --account res', 'show --account res'],
  ['apply res', 'apply result.json'],
  ['report res', 'report result.json'],
  ['report result.json --base', 'report result.json --baseline'],
  ['completion ba', 'completion bash'],
];

async function folder(): Promise<string> {
  const here = await temporaryFolder();
  await writeFile(join(here, 'result.json'), '');
  await mkdir(join(here, 'reports'));
  return here;
}

/** The shell on a terminal, as a person has it: what is typed, with a Tab and Enter after each line. */
async function typedInto(command: string, shell: ShellName, typed: readonly string[], end = '\t\n'): Promise<string[]> {
  const here = await folder();
  await writeFile(join(here, '.script'), await scriptFor(shell));
  const start = ['mfa-drift() { printf "<<%s>>\\n" "$*"; }', 'source .script'];
  if (shell === 'zsh') start.unshift('autoload -Uz compinit; compinit -u -D');
  const input = [...start.map((line) => `${line}\n`), ...typed.map((line) => `mfa-drift ${line}${end}`), 'exit\n'];
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: here,
    input: input.join(''),
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, HISTFILE: '', TERM: 'dumb' },
  });
  expect(await readdir(here)).not.toContain('harmed');
  return [...stdout.matchAll(/<<([^%]*?)>>/g)].map(([, line = '']) => line);
}

const typed = lines.map(([line]) => line);
const completed = lines.map(([, line]) => line);

describe.skipIf(program('script') === null)(`in real bash${without('script')}`, () => {
  it('Tab completes commands, options, choices of options, files and folders', async () => {
    expect(await typedInto('bash --norc --noprofile -i', 'bash', typed)).toEqual(completed);
  });

  it('Tab runs nothing of what was typed', async () => {
    const killLine = '\t\u0015\n';
    expect(await typedInto('bash --norc --noprofile -i', 'bash', ['audit $(touch harmed) --conf'], killLine)).toEqual(
      [],
    );
  });

  it('Tab offers all that is possible, and needs no package bash-completion', async () => {
    const script = `${await scriptFor('bash')}\nCOMP_WORDS=(mfa-drift policy ''); COMP_CWORD=2; _mfa_drift 2> /dev/null; echo "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
    expect(stdout).toBe('check test init help\n');
  });
});

describe.skipIf(program('script') === null || program('zsh') === null)(`in real zsh${without('script', 'zsh')}`, () => {
  it('Tab completes commands, options, choices of options, files and folders', async () => {
    // zsh types the = of an option that takes a value, and takes the / of a folder back when a blank follows.
    const asZsh = completed.map((line) => line.replace('reports/', 'reports'));
    expect(await typedInto('zsh -f -i', 'zsh', typed)).toEqual(asZsh);
  });
});

describe.skipIf(program('fish') === null)(`in real fish${without('fish')}`, () => {
  it('Tab completes commands, options, choices of options, files and folders', async () => {
    const here = await folder();
    const asked = typed.map((line) => `complete -C 'mfa-drift ${line}'; echo =====`).join('\n');
    const input = `${await scriptFor('fish')}\n${asked}`;
    const { stdout } = spawnSync('fish', ['--no-config', '-c', input], {
      cwd: here,
      encoding: 'utf8',
      timeout: 60_000,
    });
    const offered = stdout
      .split('=====\n')
      .slice(0, -1)
      .map((answer) => answer.split('\t')[0]?.trim());
    // fish gives the last word anew.
    const wanted = lines.map(([line, whole]) => (line === whole ? '' : whole.split(' ').at(-1)));
    expect(offered).toEqual(wanted);
  });
});

describe('the commands', async () => {
  const commands = everyCommand(completable(await wholeProgram()));

  it.each(shells)('are all in the script for %s', async (shell) => {
    const script = await scriptFor(shell);
    const names = new Set(
      commands.flatMap(({ name, options }) => [name, ...options.flatMap((option) => option.names)]),
    );
    const absent = [...names].filter((name) => !script.includes(name.replace(/^--?/, '')));
    expect(names.size).toBeGreaterThan(60);
    expect(absent).toEqual([]);
  });

  it('say of every value whether it lies on the disk, or are told here why nothing can be completed', () => {
    const unknown = commands.flatMap(({ options, argument }) =>
      [...options.map(({ value }) => value), argument].flatMap((value) =>
        value?.kind === 'unknown' ? [value.name] : [],
      ),
    );
    const forTheUserToKnow = [
      'command',
      'date',
      'days',
      'duration',
      'host',
      'id',
      'id=answer',
      'jmespath',
      'key=value',
      'n',
      'name',
      'part',
      'pool',
      'seconds',
      'sha256',
      'target',
      'unit',
      'url',
    ];
    expect([...new Set(unknown)].sort()).toEqual(forTheUserToKnow);
  });

  it('complete no word that a shell would take for more than a word', () => {
    const words = commands.flatMap(({ options, argument }) =>
      [...options.map(({ value }) => value), argument].flatMap((value) => value?.words ?? []),
    );
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter((word) => !/^[\w.-]+$/.test(word))).toEqual([]);
  });
});

it('a shell that it has no script for is refused with those that it has', async () => {
  const { exitCode, stderr } = await run(['completion', 'tcsh'], {});
  expect(exitCode).toBe(1);
  expect(stderr).toContain('bash, zsh, fish');
});
