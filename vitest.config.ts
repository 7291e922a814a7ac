import { compiledSchemas } from './compiled-schemas.mjs';
import { inlineText } from './inline-text.mjs';
import { configDefaults, defineConfig } from 'vitest/config';
import { LastWords } from './test/last-words.ts';
import { alone, extendedOnly, leftOutOfQuick, seedOf } from './test/suites.ts';

const globalSetup = 'test/compiled-cli.ts';

/**
 * Tests are hermetic: no profile, no metadata service, no certificates of this machine, one time zone, no colour, the
 * order that the seed gives.
 */
export default defineConfig(({ mode }) => {
  const isExtended = mode === 'extended';
  const isQuick = mode === 'quick';
  const seed = seedOf(isExtended);
  // A project that extends this file reads it anew, and knows no mode: it is told by itself.
  const provide = { seed, isExtended };
  return {
    plugins: [inlineText(), compiledSchemas()],
    test: {
      projects: [
        // What shares its modules does not load them for each file, and what is in one project not for each project: that
        // was half of the time.
        {
          extends: true,
          test: {
            name: 'shared',
            provide,
            isolate: false,
            include: ['test/**/*.test.ts'],
            exclude: [...configDefaults.exclude, ...(isQuick ? Object.keys(leftOutOfQuick) : alone), extendedOnly],
            globalSetup: isQuick ? [] : globalSetup,
          },
        },
        {
          extends: true,
          test: isExtended
            ? // What starts other programs waits for them, on a machine that may have others to run.
              { name: 'alone', provide, include: [...alone, extendedOnly], globalSetup, testTimeout: 300_000 }
            : { name: 'alone', provide, include: isQuick ? [] : [...alone] },
        },
      ],
      maxWorkers: '100%',
      sequence: { shuffle: true, seed },
      provide,
      reporters: ['default', new LastWords()],
      setupFiles: ['test/set-up.ts'],
      testTimeout: 60_000,
      hookTimeout: 120_000,
      env: {
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CA_BUNDLE: '',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        TZ: 'UTC',
        NO_COLOR: '1',
      },
      coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
    },
  };
});
