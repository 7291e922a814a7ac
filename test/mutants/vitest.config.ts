import { configDefaults, defineConfig } from 'vitest/config';
import { compiledSchemas } from '../../compiled-schemas.mjs';
import { testsOfRoom } from './rooms.ts';
import { extendedOnly, leftOutOfQuick, seedOf } from '../suites.ts';

/**
 * These play thousands of pools, so that a mutant of remediation takes a minute and not a second. Without them more is
 * asked of the others: what only a heap of pools notices is a claim that nobody has written.
 */
const enumerating = ['any-pool', 'phone-verification', 'pool-space'].map(
  (name) => `test/domain/remediation/${name}.test.ts`,
);

/** The other quick tests of a room, in one thread and without reporters: what a mutant of it must not survive. */
export default defineConfig({
  plugins: [compiledSchemas()],
  test: {
    include: [...testsOfRoom()],
    exclude: [...configDefaults.exclude, ...Object.keys(leftOutOfQuick), ...enumerating, extendedOnly],
    // As Stryker runs them, so that what a thread can't do is seen without it.
    pool: 'threads',
    isolate: false,
    provide: { seed: seedOf(false), isExtended: false },
    setupFiles: ['test/set-up.ts'],
    testTimeout: 60_000,
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
