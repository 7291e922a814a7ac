/**
 * A module that throws while it is loaded takes every test of its file with it, and a file without tests has none that
 * fails: the mutants of tables ask for one.
 */
import { expect, test } from 'vitest';

declare global {
  interface ImportMeta {
    /** Vite's: the modules that match, each to be loaded when it is called. */
    readonly glob: (pattern: string) => Readonly<Record<string, () => Promise<unknown>>>;
  }
}

const modules = Object.values(import.meta.glob('../../src/domain/**/*.ts'));
const loads = await Promise.allSettled(modules.map((load) => load()));

test('every module of the domain can be loaded', () => {
  expect(loads.length).toBeGreaterThan(50);
  expect(loads.filter(({ status }) => status === 'rejected')).toEqual([]);
});
