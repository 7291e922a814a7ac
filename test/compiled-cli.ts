/**
 * Compiles the sources as they are now, once for all tests of a project and a run and beside nobody's feet. Below node_modules, so
 * that the compiled files find the dependencies.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The compiled program, for `node` to run. */
    readonly cliFile: string;
  }
}

const root = resolve(import.meta.dirname, '..');

export function setup(project: TestProject): () => void {
  const home = join(root, 'node_modules', '.cache', `mfa-drift-${process.pid}-${project.name}`);
  mkdirSync(home, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(home, 'package.json'));
  execFileSync(process.execPath, ['bundle.mjs', join(home, 'dist')], { cwd: root, stdio: 'pipe' });
  project.provide('cliFile', join(home, 'dist', 'cli.js'));
  return () => rmSync(home, { recursive: true, force: true });
}
