/** Stryker over the domain: every mutant that it knows, and what the tests said of it. */
import { resolve } from 'node:path';
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';

const options: PartialStrykerOptions = {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // There is no such file: TypeScript 7 has no compiler API, by which Stryker would read it.
  tsconfigFile: 'none.json',
  ignorePatterns: ['dist', 'build', 'coverage', '.mfa-drift'],
  reporters: ['progress-append-only'],
  tempDirName: 'build/stryker',
  allowEmpty: false,
};

/**
 * In two runs. The first tries what happens inside functions, each mutant with the tests that reach it. What stands at the
 * level of a module happens when it is loaded, so no test is known to reach it; the second run tries that with all tests.
 */
export async function mutantsOf(files: readonly string[]): Promise<readonly MutantResult[]> {
  const inside = await run({ ...options, mutate: [...files], ignoreStatic: true });
  const plugin = resolve('build/mutants/test/mutants/module-level.js');
  const outside = await run({
    ...options,
    mutate: [...files],
    plugins: ['@stryker-mutator/*', plugin],
    ignorers: ['inside-functions'],
  });
  const atLoad = new Map(outside.map((mutant) => [placeOf(mutant), mutant]));
  return inside.map((mutant) => (mutant.status === 'Ignored' ? (atLoad.get(placeOf(mutant)) ?? mutant) : mutant));
}

function run(chosen: PartialStrykerOptions): Promise<readonly MutantResult[]> {
  return new Stryker(chosen).runMutationTest();
}

function placeOf({ fileName, location: { start, end }, mutatorName, replacement }: MutantResult): string {
  return JSON.stringify([fileName, start, end, mutatorName, replacement]);
}
