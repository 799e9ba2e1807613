import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { bundleFolder } from './scripts/bundle-folder.mjs';
import { bundledThreads } from './scripts/bundled-threads.mjs';

// A busy machine may starve a browser or a launcher; `pnpm test` names what passed only at its second try.
const secondTry = { retry: 1 };
// Elsewhere it may make a test late: that is tried again, nothing that is wrong.
const secondTryIfLate = { retry: { count: 1, condition: /timed out|fetch failed/ } };
const browserTests = ['packages/*/src/**/*.browser.test.ts', 'test/**/*.browser.test.ts'];
const rankTests = ['test/mpi/**/*.mpi.test.ts'];

// Worker threads of a test, and the process that decodes pictures, run the bundle, as those of a command do, which
// test/global-setup.ts makes.
const bundledWorkers = {
  name: 'bundled-workers',
  transform(code: string, id: string) {
    return bundledThreads(code, id, (source) => {
      const file = path.relative(import.meta.dirname, source).replace(/\.ts$/, '.js');
      return pathToFileURL(path.join(bundleFolder(), file)).href;
    });
  },
};

export default defineConfig({
  plugins: [bundledWorkers],
  test: {
    reporters: ['default'],
    // One more than cores: tests wait for browsers, other processes and the disk a quarter of their time.
    maxWorkers: availableParallelism() + 1,
    globalSetup: 'test/global-setup.ts',
    // A browser on a busy machine takes longer than the usual second.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...browserTests],
          // Packages that are loaded anew for each file take half of the time of all.
          isolate: false,
          ...secondTryIfLate,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Several packages at once, whole commands.
        extends: true,
        test: {
          name: 'whole',
          include: ['{test,scripts}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...browserTests, ...rankTests],
          ...secondTryIfLate,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'ranks',
          include: rankTests,
          ...secondTry,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browserTests,
          ...secondTry,
          testTimeout: 120_000,
          // A hook, which makes the pages, is not tried again.
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
