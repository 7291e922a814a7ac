import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, it } from 'vitest';
import configuration, { arrows } from '../.dependency-cruiser.mjs';
import { temporaryFolder } from './temporary.ts';

const entries = Object.keys(arrows);

/** The file that stands for a line: itself, or one in its folder. */
function fileOf(entry: string): string {
  return entry.endsWith('/') ? `${entry}planted.ts` : entry;
}

/** The line that a file falls under: the longest that it begins with. */
function lineOf(file: string): string {
  return entries
    .filter((entry) => file.startsWith(entry))
    .reduce((one, other) => (other.length > one.length ? other : one), '');
}

function isAllowed(from: string, to: string): boolean {
  return (
    from === to || (arrows[from]?.may ?? []).some((allowed) => fileOf(to).startsWith(allowed)) || to.startsWith(from)
  );
}

/** Every file imports every other, so that each pair is tried, and what is asked for is all that may stay. */
async function planted(folder: string, files: readonly string[], importing: (file: string) => readonly string[]) {
  for (const file of files) {
    await mkdir(dirname(join(folder, 'src', file)), { recursive: true });
    const up = '../'.repeat(file.split('/').length - 1) || './';
    const text = importing(file).map((target) => `import '${target.startsWith('@') ? target : `${up}${target}`}';\n`);
    await writeFile(join(folder, 'src', file), `${text.join('')}export {};\n`);
  }
  const { forbidden, options } = configuration;
  const { output } = await cruise(['src'], { ...options, baseDir: folder, validate: true, ruleSet: { forbidden } });
  return violationsOf(output);
}

function violationsOf(output: ICruiseResult | string) {
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.filter(({ rule }) => rule.name !== 'no circle');
}

it('an import between two folders is refused, with its reason, unless the line of the first allows it', async () => {
  const files = entries.map(fileOf);
  const found = await planted(await temporaryFolder(), files, (file) => files.filter((other) => other !== file));
  const refused = new Set(found.map(({ from, to }) => `${from} → ${to}`));
  const pairs = files.flatMap((from) => files.filter((to) => to !== from).map((to) => ({ from, to })));
  const wrong = pairs.filter(
    ({ from, to }) => refused.has(`src/${from} → src/${to}`) === isAllowed(lineOf(from), lineOf(to)),
  );
  expect(pairs.length).toBeGreaterThan(1500);
  expect(refused.size).toBeGreaterThan(1000);
  expect(wrong).toEqual([]);
  expect(found.filter(({ rule }) => rule.severity !== 'error')).toEqual([]);
  expect(Object.values(arrows).filter(({ because }) => because.length < 15)).toEqual([]);
}, 120_000);

it('what passed the linter once is refused: the imports that a survey planted', async () => {
  const survey = {
    'evidence/a.ts': ['config/b.ts', 'aws/b.ts'],
    'yaml/a.ts': ['report/b.ts'],
    'reading/a.ts': ['config/b.ts', 'remediate/b.ts'],
    'remediate/a.ts': ['config/b.ts'],
    'report/a.ts': ['evidence/b.ts', 'config/b.ts'],
    'config/a.ts': ['report/b.ts'],
    'sandbox/a.ts': ['domain/verdict/b.ts'],
  };
  const targets = [...new Set(Object.values(survey).flat())];
  const importing = new Map<string, readonly string[]>(Object.entries(survey));
  const found = await planted(
    await temporaryFolder(),
    [...importing.keys(), ...targets],
    (file) => importing.get(file) ?? [],
  );
  expect(found.map(({ from, to }) => `${from} → ${to}`).toSorted()).toEqual(
    Object.entries(survey)
      .flatMap(([from, all]) => all.map((to) => `src/${from} → src/${to}`))
      .toSorted(),
  );
}, 60_000);

it('a folder without a line may import nothing, the pure ones nothing of the world, and one alone the SDK', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'src', 'novel'), { recursive: true });
  await mkdir(join(folder, 'src', 'domain', 'model'), { recursive: true });
  await writeFile(
    join(folder, 'src', 'novel', 'a.ts'),
    "import '../domain/model/b.ts';\nimport '@aws-sdk/client-sts';\n",
  );
  await writeFile(join(folder, 'src', 'domain', 'model', 'b.ts'), "import 'node:fs';\nimport 'node:crypto';\n");
  const { forbidden, options } = configuration;
  const { output } = await cruise(['src'], { ...options, baseDir: folder, validate: true, ruleSet: { forbidden } });
  expect(
    violationsOf(output)
      .map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
      .toSorted(),
  ).toEqual([
    'a line for every folder: src/novel/a.ts → src/domain/model/b.ts',
    'pure: src/domain/model/b.ts → fs',
    'the SDK is in src/aws alone: src/novel/a.ts → @aws-sdk/client-sts',
  ]);
}, 60_000);
