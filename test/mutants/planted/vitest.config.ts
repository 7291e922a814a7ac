import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/mutants/planted/claims.ts'],
    runner: 'test/mutants/mutating-runner.ts',
    isolate: false,
    maxWorkers: 1,
    testTimeout: 20_000,
  },
});
