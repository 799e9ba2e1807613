// node scripts/start.mjs COMMAND …: runs scripts/COMMAND.ts from a bundle. Loading hundreds of modules
// through a TypeScript loader takes most of a second, in every thread. Bundles are made on first use.
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { bundleFolder } from './bundle-folder.mjs';

/** @returns {Promise<string>} The folder of the bundle. */
async function ready() {
  const folder = bundleFolder();
  if (!existsSync(folder)) {
    const { bundle } = await import('./bundle.mjs');
    await bundle(path.join(import.meta.dirname, '..'), folder);
  }
  return folder;
}

/** Ends with one line where the system refused, as commands do; the rest keeps its stack. */
function fail(error) {
  if (!('exitCode' in error || 'syscall' in error)) throw error;
  const isLimit = error.code === 'EMFILE' || error.code === 'ENFILE';
  const remedy = isLimit ? '; raise the limit of open files, as with ulimit -n 1024' : '';
  process.stderr.write(`error: ${error.message}${remedy}\n`);
  process.exit(error.exitCode ?? 2);
}

const folder = await ready().catch(fail);
const [node, , command, ...words] = process.argv;
const file = path.join(folder, 'scripts', `${command}.js`);
process.argv = [node, file, ...words];
await import(pathToFileURL(file).href).catch(fail);
