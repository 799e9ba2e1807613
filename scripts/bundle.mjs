// The commands and what their threads run, each a file of its own; what they share is in others beside
// them. Installed packages are not bundled.
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';

const commands = ['train', 'report', 'predict', 'verify', 'summary', 'bench'];
const entries = [
  ...commands.map((name) => `scripts/${name}.ts`),
  'scripts/measure.ts',
  'packages/convbook/src/live-server.ts',
  'packages/trainer/src/engine/worker.ts',
  'packages/trainer/src/benchmark/peak-worker.ts',
];

/** Longer than a run takes: its last bundle is loaded when it ends. */
const keptMilliseconds = 7 * 24 * 3_600_000;

/**
 * Writes the bundle under a name of its own, then renames it: two processes may make it at once.
 *
 * @param {string} root
 * @param {string} folder
 */
export async function bundle(root, folder) {
  const temporary = `${folder}.${process.pid}.tmp`;
  mkdirSync(temporary, { recursive: true });
  try {
    await build({
      entryPoints: entries.map((entry) => path.join(root, entry)),
      outbase: root,
      outdir: temporary,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      charset: 'utf8',
      logLevel: 'error',
      plugins: [installedPackages, ownPlaces(root, folder)],
    });
    writeFileSync(path.join(temporary, 'package.json'), '{ "type": "module" }\n');
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    // A process of its own, which Ctrl+C would end before a notebook needs it.
    await stop();
  }
  removeOutdated(path.dirname(folder));
}

/** Packages stay where they are: from a bundle, their names alone would not find them. */
const installedPackages = {
  name: 'installed-packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path: name, pluginData, ...from }) => {
      if (name.startsWith('node:') || pluginData === 'resolved') return undefined;
      const found = await resolve(name, { ...from, pluginData: 'resolved' });
      if (!found.path.includes(`${path.sep}node_modules${path.sep}`)) return found;
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

/**
 * A source goes on to find files beside itself, but threads run the bundle of theirs.
 *
 * @param {string} root
 * @param {string} folder
 */
function ownPlaces(root, folder) {
  const inBundle = (file) => path.join(folder, path.relative(root, file)).replace(/\.ts$/, '.js');
  const literal = (file) => JSON.stringify(pathToFileURL(file).href);
  return {
    name: 'own-places',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
        loader: 'ts',
        contents: readFileSync(file, 'utf8')
          .replace(
            /new URL\('(\.\/[\w-]*(?:worker|server)\.ts)', import\.meta\.url\)/g,
            (_, name) => {
              return `new URL(${literal(inBundle(path.join(path.dirname(file), name)))})`;
            },
          )
          .replaceAll('import.meta.url', literal(file))
          .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file))),
      }));
    },
  };
}

/** @param {string} cache */
function removeOutdated(cache) {
  for (const name of readdirSync(cache)) {
    const folder = path.join(cache, name);
    const isOld = statSync(folder).mtimeMs < Date.now() - keptMilliseconds;
    if (isOld) rmSync(folder, { recursive: true, force: true });
  }
}
