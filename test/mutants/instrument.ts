/** Stryker's instrumenter: every mutant of the files, and their code with all of them in it, each behind a switch. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Plugin } from 'vitest/config';
import type { Mutant } from './survivors.ts';

/** A mutant by the name under which it is switched on. */
export type Named = Omit<Mutant, 'status'> & { readonly id: string };

export interface Instrumented {
  readonly mutants: readonly Named[];
  /** For Vite: gives the instrumented code in place of what stands in the files. */
  readonly plugin: Plugin;
}

const quiet = { isDebugEnabled: () => false, debug: ignore, info: ignore, warn: ignore };

export async function instrument(fileNames: readonly string[]): Promise<Instrumented> {
  const files = fileNames.map((name) => ({ name: resolve(name), mutate: true, content: readFileSync(name, 'utf8') }));
  const instrumenter: Instrumenter = Reflect.construct(Instrumenter, [quiet]);
  const { files: changed, mutants } = await instrumenter.instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  });
  const codes = new Map(changed.map(({ name, content }) => [name, content]));
  return {
    mutants: mutants.map(({ id, fileName, location: { start, end }, replacement }) => ({
      id,
      fileName,
      location: { start: fromOne(start), end: fromOne(end) },
      replacement,
    })),
    plugin: {
      name: 'mutants',
      enforce: 'pre',
      transform: (_, file) => codes.get(file),
    },
  };
}

/** It counts lines and columns from 0. */
function fromOne({ line, column }: { line: number; column: number }): { line: number; column: number } {
  return { line: line + 1, column: column + 1 };
}

function ignore(): void {}
