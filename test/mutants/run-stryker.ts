/** Stryker over the source: every mutant that it knows, and what the tests said of it. */
import { resolve } from 'node:path';
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';

const options: PartialStrykerOptions = {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // There is no such file: TypeScript 7 has no compiler API, by which Stryker would read it.
  tsconfigFile: 'none.json',
  // Beside what the tests themselves take: on a busy machine a worker starts in more than the usual five.
  timeoutMS: 20_000,
  ignorePatterns: ['dist', 'build', 'coverage', '.mfa-drift'],
  reporters: ['progress-append-only'],
  tempDirName: 'build/stryker',
  allowEmpty: false,
};

/**
 * In three runs. The first tries each mutant with the tests that reach it. What happens when a module is loaded no test is
 * known to reach, so that all have to be asked: the second run tries what stands outside of functions, and the third the
 * few that stand in functions which are called at that time alone.
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
  const tried = settled(inside, outside);
  const left = tried.filter(({ status }) => status === 'Ignored').map(rangeOf);
  return left.length === 0 ? tried : settled(tried, await run({ ...options, mutate: left }));
}

/** The first list, with what a later run says of those that an earlier one left out. */
function settled(mutants: readonly MutantResult[], later: readonly MutantResult[]): readonly MutantResult[] {
  const byPlace = new Map(later.map((mutant) => [placeOf(mutant), mutant]));
  return mutants.map((mutant) => (mutant.status === 'Ignored' ? (byPlace.get(placeOf(mutant)) ?? mutant) : mutant));
}

/** As Stryker's option `mutate` takes it: lines from 1, columns from 0. */
function rangeOf({ fileName, location: { start, end } }: MutantResult): string {
  return `${fileName}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
}

function run(chosen: PartialStrykerOptions): Promise<readonly MutantResult[]> {
  return new Stryker(chosen).runMutationTest();
}

function placeOf({ fileName, location: { start, end }, mutatorName, replacement }: MutantResult): string {
  return JSON.stringify([fileName, start, end, mutatorName, replacement]);
}
