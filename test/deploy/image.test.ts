/** What the Dockerfile copies, .dockerignore must let in: a file that stays out ends the build, and only in CI. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import dockerignoreParser from '@balena/dockerignore';
import { describe, expect, it } from 'vitest';
import { copiedSources } from './dockerfile.ts';

/** Typed as a module with a default, which it also is. */
const patterns = dockerignoreParser.default;

const dockerfile = readFileSync('Dockerfile', 'utf8');
const dockerignore = readFileSync('.dockerignore', 'utf8');

/** The files that a source brings along: itself, or all below it. */
function filesOf(source: string): readonly string[] {
  if (!statSync(source).isDirectory()) return [source];
  const below = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((path) => join(source, path));
  return below.filter((path) => statSync(path).isFile());
}

/** Files that are copied and are not in the context. */
function leftOut(dockerfileText: string, ignoreText: string): readonly string[] {
  const context = patterns().add(ignoreText);
  return copiedSources(dockerfileText)
    .flatMap(filesOf)
    .filter((path) => context.ignores(path));
}

describe('the context of the image', () => {
  it('has every file that the Dockerfile copies', () => {
    expect(copiedSources(dockerfile)).toEqual(
      expect.arrayContaining(['package.json', 'bundle.mjs', 'src', 'policies']),
    );
    expect(leftOut(dockerfile, dockerignore)).toEqual([]);
  });

  it('has what the build imports beside the packages', () => {
    const imports = [...readFileSync('bundle.mjs', 'utf8').matchAll(/from '\.\/([^']+)'/g)].map(([, file]) => file);
    expect(imports).toContain('inline-text.mjs');
    expect(copiedSources(dockerfile)).toEqual(expect.arrayContaining(imports));
  });

  it('has nothing else: no fleet, key or result of a working copy gets near the image', () => {
    const context = patterns().add(dockerignore);
    const copied = copiedSources(dockerfile).map((source) => source.split('/')[0]);
    const letIn = dockerignore.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(letIn.filter((name) => !copied.includes(name))).toEqual([]);
    expect(context.filter(['mfa-drift.yaml', '.git/config', 'dist/cli.js', 'node_modules/a/b.js', '.env'])).toEqual([]);
  });
});

it('the folder that the image starts in is made by a command: of WORKDIR alone, buildah makes none', () => {
  const [, workdir] = [...dockerfile.matchAll(/^WORKDIR (.*)$/gm)].at(-1) ?? [];
  expect(dockerfile).toMatch(new RegExp(`^RUN .*\\bmkdir ${workdir}$`, 'm'));
});

describe('this test', () => {
  it.each([
    ['a file of its own', 'COPY package.json bundle.mjs ./', '*\n!package.json', ['bundle.mjs']],
    ['a file below a folder', 'COPY --chown=1:1 .ci .ci', '**/run', ['.ci/run']],
    ['what ADD brings', 'ADD LICENSE /', 'LICENS?', ['LICENSE']],
    ['what a later line takes out again', 'COPY README.md ./', '*\n!*.md\nREADME.md', ['README.md']],
    ['nothing of a folder that is let in again', 'COPY .ci .ci', '*\n# a remark\n!.ci/', []],
    ['nothing of another stage', 'COPY --from=build /build/dist dist', '*', []],
  ])('finds %s', (_what, copy, ignored, expected) => {
    expect(leftOut(`FROM scratch\n${copy}\n`, ignored)).toEqual(expected);
  });
});
