import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly run?: string;
}

interface Workflow {
  readonly on: { readonly schedule?: readonly { readonly cron: string }[] };
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

function workflow(name: string): Workflow {
  return parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8'));
}

function commands({ jobs }: Workflow): readonly string[] {
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

it('CI runs the checks and the command that the README names', () => {
  const script = readFileSync('.ci/run', 'utf8').split('\n');
  expect(readFileSync('README.md', 'utf8')).toMatch(/^npm test\b/m);
  expect(script).toEqual(expect.arrayContaining(['npm run check', 'npm test']));
  expect(commands(workflow('ci'))).toContain('.ci/run');
});

it('what leaves npm test runs once a week: more of everything, the mutants, and the fuzzer', () => {
  const extended = workflow('extended');
  expect(extended.on.schedule?.map(({ cron }) => cron.split(' ').slice(2))).toEqual([['*', '*', '6']]);
  expect(commands(extended)).toEqual(expect.arrayContaining(['npm run test:extended', 'npm run fuzz']));
  expect(manifest.scripts['test:extended']).toBe('vitest run --mode extended && npm run mutants');
});

it('no workflow calls a script that is not there', () => {
  const called = ['ci', 'extended', 'release'].flatMap((name) => commands(workflow(name)));
  const scripts = called.flatMap((run) => [...run.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script ?? ''));
  expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
  expect(existsSync('.ci/requirements.txt')).toBe(true);
});
