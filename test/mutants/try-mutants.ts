/** Tries every mutant of some files in one run of vitest, or in as many more as there are mutants that never end. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import 'vitest';
import type { Plugin } from 'vitest/config';
import { createVitest, type TestModule } from 'vitest/node';
import { answersIn, endWhatNeverEnds } from './answers.ts';
import { instrument } from './instrument.ts';
import type { Mutant } from './survivors.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** For the runner: how many test files there are, where a mutant stands, and where its answers go, a line each. */
    readonly mutants: {
      readonly files: number;
      readonly places: Readonly<Record<string, string>>;
      /** What needs no answer any more. */
      readonly done: readonly string[];
      readonly log: string;
    };
  }
}

const log = resolve('build/mutants/answers.ndjson');

export async function mutantsOf(
  files: readonly string[],
  config = 'test/mutants/vitest.config.ts',
): Promise<readonly Mutant[]> {
  const { mutants, plugin } = await instrument(files);
  const places = Object.fromEntries(mutants.map(({ id, fileName }) => [id, fileName]));
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '');
  let hasEnded = false;
  while (!hasEnded) {
    const watch = endWhatNeverEnds(log, mutants.length);
    const failures = await run({ config, plugin, places, done: Object.keys(answersIn(log)) });
    hasEnded = !watch.stop();
    if (hasEnded && failures.length > 0)
      throw new Error(`Without a mutant, all tests must pass:\n${failures.join('\n')}`);
  }
  const answers = answersIn(log);
  return mutants.map((mutant) => ({ ...mutant, status: answers[mutant.id] ?? 'NoCoverage' }));
}

interface Attempt {
  readonly config: string;
  readonly plugin: Plugin;
  /** Where each mutant stands, by its id. */
  readonly places: Readonly<Record<string, string>>;
  readonly done: readonly string[];
}

/** What failed that is not to. Asked are the tests that load one of the files. */
async function run({ config, plugin, places, done }: Attempt): Promise<readonly string[]> {
  const related = [...new Set(Object.values(places))];
  const vitest = await createVitest('test', { config, watch: false, related, reporters: [{}] }, { plugins: [plugin] });
  try {
    const specifications = await vitest.getRelevantTestSpecifications();
    vitest.provide('mutants', { files: specifications.length, places, done, log });
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    return [...testModules.filter((module) => !module.ok()).map(failuresOf), ...unhandledErrors.map(String)];
  } finally {
    await vitest.close();
  }
}

function failuresOf(module: TestModule): string {
  const tests = [...module.children.allTests('failed')].map(({ fullName }) => fullName);
  return [module.moduleId, ...module.errors().map(({ message }) => message), ...tests].join('\n  ');
}
