import { defineConfig } from 'vitest/config';

/** Tests are hermetic: no profile, no metadata service, no certificates of this machine, one time zone, no colour, any order. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
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
});
