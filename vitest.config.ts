import { configDefaults, defineConfig } from 'vitest/config';

const browserTests = 'packages/*/src/**/*.browser.test.ts';

export default defineConfig({
  test: {
    reporters: ['default'],
    // The default leaves one core idle: of two, half.
    maxWorkers: '100%',
    globalSetup: 'test/global-setup.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [...configDefaults.exclude, browserTests],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Several packages at once, whole commands, browsers.
        extends: true,
        test: {
          name: 'whole',
          include: ['{test,scripts}/**/*.test.ts', browserTests],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
