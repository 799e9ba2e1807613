// Bundles each command and each worker into a file of its own; shared code goes into further files.
// Installed packages are not bundled.
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
import { inputsFile } from './bundle-folder.mjs';
import { bundledThreads } from './bundled-threads.mjs';

const commands = [
  'train',
  'report',
  'predict',
  'verify',
  'summary',
  'data',
  'export',
  'lessons',
  'bench',
];
const entries = [
  ...commands.map((name) => `scripts/${name}.ts`),
  'scripts/measure.ts',
  'scripts/train-here.ts',
  'packages/convbook/src/live-server.ts',
  'packages/data/src/pictures/picture-server.ts',
  'packages/mpi/src/thread.ts',
  'packages/trainer/src/engine/worker.ts',
  'packages/trainer/src/engine/describe-worker.ts',
  'packages/trainer/src/benchmark/peak-worker.ts',
  'test/harness/mpi/pieces.ts',
  'test/harness/mpi/rank.ts',
];

/** Longer than a run takes: it loads the last parts of its bundle when it ends. */
const keptMilliseconds = 7 * 24 * 3_600_000;

/**
 * Writes the bundle under a temporary name, then renames it: two processes may make it at once.
 *
 * @param {string} root
 * @param {string} folder
 */
export async function bundle(root, folder) {
  const temporary = `${folder}.${process.pid}.tmp`;
  mkdirSync(temporary, { recursive: true });
  try {
    const { metafile } = await build({
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
      metafile: true,
      absWorkingDir: root,
      plugins: [installedPackages, ownPlaces(root, folder)],
    });
    const inputs = Object.keys(metafile.inputs);
    writeFileSync(path.join(temporary, inputsFile), JSON.stringify(inputs));
    writeFileSync(path.join(temporary, 'package.json'), '{ "type": "module" }\n');
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    // esbuild is a separate process; Ctrl+C would end it before a notebook needs it.
    await stop();
  }
  removeOutdated(path.dirname(folder));
}

/**
 * Imports packages by their paths: from a bundle's folder their names alone would not be found. An optional one that is
 * not installed keeps its name, and is missed where it is imported.
 */
const installedPackages = {
  name: 'installed-packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path: name, pluginData, ...from }) => {
      if (name.startsWith('node:') || pluginData === 'resolved') return undefined;
      const found = await resolve(name, { ...from, pluginData: 'resolved' });
      const isMissing = found.errors.length > 0;
      if (isMissing && from.kind === 'dynamic-import') return { path: name, external: true };
      if (!found.path.includes(`${path.sep}node_modules${path.sep}`)) return found;
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

/**
 * Keeps `import.meta.url` of each source, by which it finds files in its folder; workers are those of the bundle.
 *
 * @param {string} root
 * @param {string} folder
 */
function ownPlaces(root, folder) {
  const inBundle = (file) => {
    const place = path.join(folder, path.relative(root, file)).replace(/\.ts$/, '.js');
    return pathToFileURL(place).href;
  };
  const literal = (file) => JSON.stringify(pathToFileURL(file).href);
  return {
    name: 'own-places',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
        loader: 'ts',
        contents: bundledThreads(readFileSync(file, 'utf8'), file, inBundle)
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
    const isOld =
      statSync(folder, { throwIfNoEntry: false })?.mtimeMs < Date.now() - keptMilliseconds;
    if (isOld) rmSync(folder, { recursive: true, force: true });
  }
}
