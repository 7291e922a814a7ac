import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrows } from '../.dependency-cruiser.mjs';
import { exitCodes } from '../src/domain/result/exit-code.ts';
import { formatNames } from '../src/report/registry.ts';
import { run } from './end-to-end/in-process.ts';
import { markdownTable } from './markdown-table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const notOurs = new Set(['.git', '.mfa-drift', 'build', 'coverage', 'dist', 'node_modules']);
const folders = new Set(
  readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && !notOurs.has(entry.name) ? [entry.name] : [],
  ),
);
const names = new Set([
  ...readdirSync(root),
  ...[...folders]
    .flatMap((folder) => readdirSync(join(root, folder), { encoding: 'utf8', recursive: true }))
    .map((file) => basename(file)),
]);
const pages = [
  ...readdirSync(root),
  ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`),
  'deploy/README.md',
].filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** What stands between backticks and reads like a file or folder of ours: `src/cli.ts`, `deploy/`, `quota.ts`. */
function pathsIn(text: string): readonly string[] {
  const prose = text.replaceAll(/^\s*```.*?^\s*```/gms, '');
  return [...prose.matchAll(/`([\w.@/-]+)`/g)].flatMap(([, path = '']) => (isOurs(path) ? [path] : []));
}

function isOurs(path: string): boolean {
  if (path.includes('NAME')) return false;
  if (!path.includes('/')) return /\.(?:ts|mjs)$/.test(path);
  return folders.has(path.split('/')[0] ?? '');
}

function isThere(path: string): boolean {
  return path.includes('/') ? existsSync(join(root, path)) : names.has(path);
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
}

describe.each(pages)('%s', (page) => {
  it('names no file that is not there', () => {
    expect(pathsIn(textOf(page)).filter((path) => !isThere(path))).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    expect(linksIn(textOf(page)).filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});

/** A command in a line of a block, or between backticks. */
const typed = /(?:^(?:\$ |- run: )?|[`(&|;] ?)mfa-drift [a-z]/m;
const forDevelopers = new Set(['CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md']);

it.each(pages.filter((page) => !forDevelopers.has(page)))(
  '%s types no mfa-drift before it said how that gets on the path',
  (page) => {
    const text = textOf(page);
    const first = typed.exec(text)?.index ?? null;
    const said = text.indexOf(page === 'README.md' ? '\n## Install\n' : 'README.md#install)');
    expect(first === null || (said !== -1 && said < first)).toBe(true);
  },
);

/** What a survey of paths that finds none would not notice. */
it('the pages name many files', () => {
  expect(pages.length).toBeGreaterThan(12);
  expect(pathsIn(textOf('docs/architecture.md')).length).toBeGreaterThan(80);
  expect(isThere('src/domain/judged.ts')).toBe(false);
  expect(isThere('patience.ts')).toBe(false);
});

const ground = arrows['lock/']?.may ?? [];

/** Of every folder what it may import, as .dependency-cruiser.mjs says; the files of the ground are one line. */
function arrowsTable(): string {
  const inWords = (may: readonly string[]): string => {
    const hasGround = ground.every((file) => may.includes(file));
    const rest = may.filter((target) => !hasGround || !ground.includes(target)).map((target) => `\`${target}\``);
    return [...rest, ...(hasGround ? ['*ground*'] : [])].join(', ') || 'nothing';
  };
  const [one = ''] = ground;
  const rows = Object.entries(arrows)
    .filter(([folder]) => !ground.includes(folder))
    .map(([folder, { may, because }]) => [`\`${folder}\``, inWords(may), because]);
  const { may = [], because = '' } = arrows[one] ?? {};
  return markdownTable(['in `src`', 'may import', 'because'], [...rows, ['*ground*', inWords(may), because]]);
}

/** `npx vitest run front-door --update` writes it anew. */
it('docs/architecture.md has the arrows as .dependency-cruiser.mjs has them', async () => {
  const page = textOf('docs/architecture.md');
  const [, before = '', after = ''] = /^(.*<!-- arrows: [^\n]*-->\n).*?(<!-- end of arrows -->.*)$/s.exec(page) ?? [];
  expect(before).not.toBe('');
  await expect(`${before}${arrowsTable()}\n${after}`).toMatchFileSnapshot('../docs/architecture.md');
});

describe('README.md', () => {
  const readme = textOf('README.md');

  it.each(formatNames)('names the format %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  it.each(exitCodes)('has exit code %s in its table', (code) => {
    expect(readme).toMatch(new RegExp(String.raw`^\| (?:\d+, )?${code}(?:, \d+)? \|`, 'm'));
  });

  it('links to every page', () => {
    const linked = new Set(linksIn(readme));
    expect(pages.filter((page) => page !== 'README.md' && !linked.has(page))).toEqual([]);
  });
});

/** Of the program, of a command that holds others, of a command. */
async function helpOf(...command: readonly string[]): Promise<string> {
  return (await run([...command, '--help'], {})).stdout;
}

function commandsIn(help: string): readonly string[] {
  const [, list = ''] = /\nCommands:\n(.*?)(?:\n\n|$)/s.exec(help) ?? [];
  return [...list.matchAll(/^ {2}(\w+)/gm)].flatMap(([, name = '']) => (name === 'help' ? [] : [name]));
}

const top = commandsIn(await helpOf());
/** Those that are only the common name of several. */
const families = ['policy', 'history'] as const;
const membersOf = async (family: string) => commandsIn(await helpOf(family)).map((name) => `${family} ${name}`);
const members = (await Promise.all(families.map(membersOf))).flat();
const isFamily = (name: string) => families.some((family) => family === name);

it('the program has commands', () => {
  expect(top.length).toBeGreaterThan(10);
  expect(members).toEqual([
    'policy check',
    'policy test',
    'policy init',
    'history add',
    'history verify',
    'history report',
    'history evidence',
    'history prune',
  ]);
});

it('the program names whatever defines a command', () => {
  const line = join(root, 'src/commands/line');
  const define = join(line, 'define');
  const defined = readdirSync(define).flatMap((file) =>
    [...readFileSync(join(define, file), 'utf8').matchAll(/^export function (define\w+)/gm)].map(
      ([, name = '']) => name,
    ),
  );
  const program = readFileSync(join(line, 'program.ts'), 'utf8');
  expect(defined.length).toBeGreaterThan(10);
  expect(defined.filter((name) => !new RegExp(`\\.${name}\\b`).test(program))).toEqual([]);
});

describe.each([...top.filter((name) => !isFamily(name)), ...members])('mfa-drift %s', (command) => {
  it('says in its help how it is used and how it can end', async () => {
    const help = await helpOf(...command.split(' '));
    expect(help).toMatch(/^Examples:\n {2}\$ mfa-drift /m);
    expect(help).toMatch(/^Exit codes: /m);
  });

  it('is in the table of README.md', () => {
    const [, table = ''] = /^## Commands\n(.*?)^Each has `--help`/ms.exec(textOf('README.md')) ?? [];
    const name = command.split(' ').at(-1) ?? '';
    expect(table).toMatch(new RegExp(`\`(?:mfa-drift (?:policy |history )?)?${name}\\b`));
  });
});
