/** The GitHub Action, the workflows to copy and our own: read by GitHub's own parser, and held to a few rules. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const inFolder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).map((file) => `${folder}/${file}`);
const copied = inFolder('deploy/github');
const workflows = [...inFolder('.github/workflows'), ...copied];
const actions = ['action.yml', 'action/last-result/action.yml'];
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Parsed {
  readonly context: { readonly errors: { getErrors(): readonly { readonly message: string }[] } };
  readonly value: unknown;
}
type Parse = (file: { readonly name: string; readonly content: string }, trace: object) => Parsed;
type Convert = (context: Parsed['context'], value: unknown) => Promise<unknown>;

let home = '';
let parser: Readonly<Record<'parseWorkflow' | 'parseAction', Parse>> & { readonly convertWorkflowTemplate: Convert };

/** npm `@actions/workflow-parser` imports JSON in a way that Node refuses; bundled to CommonJS it works. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'mfa-drift-parser-'));
  const [input, file] = [join(home, 'entry.mjs'), join(home, 'parser.cjs')];
  const dist = join(root, 'node_modules/@actions/workflow-parser/dist');
  await writeFile(input, `export * from '${dist}/index.js'; export { parseAction } from '${dist}/actions/index.js';`);
  await build({ input, platform: 'node', logLevel: 'silent', output: { file, format: 'cjs', codeSplitting: false } });
  parser = createRequire(import.meta.url)(file);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const silent = { error: () => undefined, info: () => undefined, verbose: () => undefined };

/** Whether it is a workflow, and then whether every expression speaks of contexts and functions that there are. */
async function errorsInWorkflow(name: string, content: string): Promise<readonly string[]> {
  const { context, value } = parser.parseWorkflow({ name, content }, silent);
  await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

function errorsInAction(name: string, content: string): readonly string[] {
  const { context } = parser.parseAction({ name, content }, silent);
  return context.errors.getErrors().map(({ message }) => message);
}

describe("GitHub's parser", () => {
  it.each(workflows)('finds nothing in %s', async (file) => {
    expect(await errorsInWorkflow(file, textOf(file))).toEqual([]);
  });

  it.each(actions)('finds nothing in %s', (file) => {
    expect(errorsInAction(file, textOf(file))).toEqual([]);
  });

  it.each([
    ['timeout-minutes', 'timeout-hours', /Unexpected value 'timeout-hours'/],
    ['steps.audit', 'stepz.audit', /Unrecognized named-value: 'stepz'/],
    ['always() &&', 'alwayz() &&', /Unrecognized function: 'alwayz'/],
  ])('does find that %s is %s', async (right, wrong, message) => {
    const [error] = await errorsInWorkflow('a', textOf('deploy/github/nightly.yml').replace(right, wrong));
    expect(error).toMatch(message);
  });

  it('does find an action of no kind', () => {
    expect(errorsInAction('a', textOf('action.yml').replace('using: composite', 'using: composed'))).not.toEqual([]);
  });
});

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

function stepsOf(file: string): readonly Step[] {
  const { jobs = {}, runs = { steps: [] } } = parse(textOf(file));
  return [...Object.values<{ steps: readonly Step[] }>(jobs).flatMap(({ steps }) => steps), ...runs.steps];
}

describe.each([...workflows, ...actions])('%s', (file) => {
  it('pins actions by commit, with the release beside it; ours until there is a release by its branch', () => {
    const uses = textOf(file)
      .split('\n')
      .flatMap((line) => /^\s*(?:- )?uses: (.*)$/.exec(line)?.[1] ?? []);
    expect(uses.length).toBe(stepsOf(file).filter((step) => step.uses !== undefined).length);
    const ours = /^OWNER\/REPOSITORY(?:\/action\/last-result)?@release$/;
    const pinned = /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(uses.filter((use) => !ours.test(use) && !pinned.test(use))).toEqual([]);
  });

  it('makes no part of a script out of what others wrote', () => {
    expect(stepsOf(file).filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  it('runs nothing of a pull request with rights', () => {
    expect(textOf(file)).not.toMatch(/pull_request_target|workflow_run:/);
  });

  it('asks no registry for the program', () => {
    expect(textOf(file)).not.toMatch(/npx (?!--no )/);
  });
});

describe.each(copied)('%s', (file) => {
  it('gives our actions inputs that they have, and reads outputs that they have', () => {
    const text = textOf(file);
    for (const { id, uses = '', with: given = {} } of stepsOf(file)) {
      const [, path] = /^OWNER\/REPOSITORY(.*)@/.exec(uses) ?? [];
      if (path === undefined) continue;
      const action = parse(textOf(join('.', path, 'action.yml')));
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      const read = id === undefined ? [] : [...text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))];
      expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(read.map(([, output]) => output)));
    }
  });
});

it('a job that may comment or write has no checkout, and one of a pull request has no credentials of AWS', () => {
  const { jobs } = parse(textOf('deploy/github/pull-request.yml'));
  for (const { permissions, steps } of Object.values<{ permissions: object; steps: readonly Step[] }>(jobs)) {
    const used = steps.map(({ uses = '' }) => uses.split('@')[0]);
    expect(used).not.toContain('aws-actions/configure-aws-credentials');
    expect(Object.keys(permissions)).not.toContain('id-token');
    const mayWrite = Object.values(permissions).includes('write');
    expect([mayWrite, used.includes('actions/checkout')]).not.toEqual([true, true]);
  }
});
