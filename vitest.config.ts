import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { bundleFolder } from './scripts/bundle-folder.mjs';

const browserTests = 'packages/*/src/**/*.browser.test.ts';

// Worker threads of a test, and the process that decodes pictures, run the bundle, as those of a command do,
// which test/global-setup.ts makes: through the TypeScript loader each would take a second to start.
const bundledWorkers = {
  name: 'bundled-workers',
  transform(code: string, id: string) {
    return code.replace(
      /new URL\(["'](\.\/[\w-]*(?:worker|picture-server))\.ts["'], import\.meta\.url\)/g,
      (_, name: string) => {
        const source = path.relative(
          import.meta.dirname,
          path.join(path.dirname(id), `${name}.js`),
        );
        const { href } = pathToFileURL(path.join(bundleFolder(), source));
        return `new URL(${JSON.stringify(href)})`;
      },
    );
  },
};

export default defineConfig({
  plugins: [bundledWorkers],
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
          // Packages that are loaded anew for each file take half of the time of all.
          isolate: false,
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
