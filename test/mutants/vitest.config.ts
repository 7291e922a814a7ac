import { configDefaults, defineConfig } from 'vitest/config';
import { extendedOnly, leftOutOfQuick, seedOf } from '../suites.ts';

/** The quick tests of the domain, in one thread and without reporters: what a mutant of the domain must not survive. */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...Object.keys(leftOutOfQuick), extendedOnly],
    isolate: false,
    provide: { seed: seedOf(false), isExtended: false },
    setupFiles: ['test/set-up.ts'],
    testTimeout: 60_000,
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
