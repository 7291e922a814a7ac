/** What OpenSSF Scorecard checks of a repository and needs no network for (github.com/ossf/scorecard, docs/checks.md). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = '.github/workflows';
const workflows = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
const shipped = readdirSync('deploy/github').map((file) => `deploy/github/${file}`);
const files = [...workflows.map((file) => `${folder}/${file}`), ...shipped];

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (file: string): Workflow => parse(readFileSync(file, 'utf8'));
const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps = [] }) => steps);

describe.each(files)('%s', (file) => {
  it('Token-Permissions: nothing is written by default, and a job that writes says what', () => {
    const { permissions, jobs } = read(file);
    expect(permissions).toBeTypeOf('object');
    const written = Object.entries(permissions ?? {}).flatMap(([name, may]) => (may === 'write' ? name : []));
    // The workflows to copy write code scanning results and sign in by OIDC in every job.
    const mayBeWritten = file.startsWith('.github/') ? [] : ['id-token', 'security-events', 'pull-requests'];
    expect(written.filter((name) => !mayBeWritten.includes(name))).toEqual([]);
    for (const job of Object.values(jobs)) expect(['object', 'undefined']).toContain(typeof job.permissions);
  });

  it('Pinned-Dependencies: actions of others by a commit, packages by a lock file', () => {
    for (const { uses, run = '' } of stepsOf(read(file))) {
      const isOwn = uses === undefined || /^(?:\.\/|OWNER\/REPOSITORY)/.test(uses);
      expect([uses, isOwn || /@[0-9a-f]{40}$/.test(uses)]).toEqual([uses, true]);
      expect(run).not.toMatch(/npm install(?!.*--offline)|curl[^|\n]*\|\s*(?:ba)?sh|npx (?!--no)/);
    }
  });

  it('Dangerous-Workflow: no code of a pull request runs with secrets, and no text of a user is run', () => {
    const workflow = read(file);
    expect(JSON.stringify(workflow.on)).not.toMatch(/pull_request_target|workflow_run/);
    for (const { run = '' } of stepsOf(workflow)) {
      expect(run).not.toMatch(/\$\{\{\s*(?:github\.(?:event|head_ref|ref_name)|inputs\.)/);
    }
  });
});

it('Pinned-Dependencies: every image of the Dockerfile by its digest, every Python package by its version', () => {
  const images = readFileSync('Dockerfile', 'utf8').match(/^FROM .*$/gm) ?? [];
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) expect(image).toMatch(/@sha256:[0-9a-f]{64}/);
  const python = readFileSync('.ci/requirements.txt', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of python) expect(line).toMatch(/^[\w.[\],-]+==[\w.]+/);
});

it('Security-Policy, License and Dependency-Update-Tool: all there, for every ecosystem that is used', () => {
  for (const file of ['SECURITY.md', 'LICENSE', '.github/dependabot.yml'])
    expect([file, existsSync(file)]).toEqual([file, true]);
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8'));
  const ecosystems = updates.map((update: { readonly 'package-ecosystem': string }) => update['package-ecosystem']);
  expect(ecosystems.toSorted()).toEqual(['docker', 'github-actions', 'npm', 'pip']);
});

it('SAST: CodeQL reads every push and pull request, and may write nothing but its findings', () => {
  const { on, permissions, jobs } = read(`${folder}/codeql.yml`);
  expect(Object.keys(on as object)).toEqual(expect.arrayContaining(['push', 'pull_request', 'schedule']));
  expect(permissions).toEqual({ contents: 'read' });
  expect(Object.values(jobs).map((job) => job.permissions)).toEqual([{ contents: 'read', 'security-events': 'write' }]);
});

it('Packaging and Signed-Releases: the release is published with provenance, by no token', () => {
  const { jobs } = read(`${folder}/release.yml`);
  expect(jobs['npm']?.permissions).toEqual({ 'id-token': 'write' });
  const runs = stepsOf(read(`${folder}/release.yml`)).map(({ run = '' }) => run);
  expect(runs.filter((run) => run.includes('npm publish'))).toEqual([expect.stringContaining('--provenance')]);
  expect(readFileSync(`${folder}/release.yml`, 'utf8')).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN/);
});
