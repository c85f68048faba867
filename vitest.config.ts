// Tests mirror src/. No time limits on correctness: these run on small, noisy machines too.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/matchers.ts', 'test/support/propertySeed.ts'],
    testTimeout: 0,
    hookTimeout: 0,
    teardownTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});
