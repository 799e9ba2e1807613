// Names the folder of the bundle of the current sources, whether it exists or not.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../packages/core/src/cache-folder.mjs';
import { marksOf, recall, remember } from './known-sources.mjs';

const root = path.join(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules', '.cache', 'convbook');

/** In the bundle: the sources that it was made from. */
export const inputsFile = 'inputs.json';

/**
 * @param {string} folder Sources, relative to the root.
 * @returns {string[]} The files that a bundle may contain.
 */
function sourceFiles(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(file);
    return /(?<!\.test)\.(?:ts|mjs)$/.test(file) ? [file] : [];
  });
}

/** @returns {string} Named by the SHA-256 of everything that a bundle is made from: an outdated one never runs. */
export function bundleFolder() {
  const name = recall(cache) ?? nameOfSources();
  const installed = path.join(cache, name);
  return existsSync(installed) ? installed : path.join(cacheFolder(cache), name);
}

/** @returns {string} Reads all sources. */
function nameOfSources() {
  // Git leaves the node_modules of a package that another branch does not have.
  const packages = readdirSync(path.join(root, 'packages'))
    .map((name) => path.join('packages', name, 'src'))
    .filter((folder) => existsSync(path.join(root, folder)));
  const sources = ['scripts', 'test/harness', ...packages].flatMap(sourceFiles);
  const files = ['pnpm-lock.yaml', ...sources];
  const marks = marksOf(files.map((file) => path.join(root, file)));
  // The folder too: a bundle has absolute paths.
  const hash = createHash('sha256').update(root);
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  const name = hash.digest('hex').slice(0, 16);
  if (marks !== null) rememberInputs(name, marks);
  return name;
}

/**
 * Remembers what an existing bundle was made from, and what makes bundles.
 *
 * @param {string} name
 * @param {Record<string, string>} marks
 */
function rememberInputs(name, marks) {
  const list = path.join(cache, name, inputsFile);
  if (!existsSync(list)) return;
  /** @type {string[]} */
  const inputs = JSON.parse(readFileSync(list, 'utf8'));
  const makers = ['pnpm-lock.yaml', 'scripts/bundle.mjs', 'scripts/bundle-folder.mjs'];
  const files = [...makers, ...inputs].map((file) => path.join(root, file));
  remember(cache, { name, marks: Object.fromEntries(files.map((file) => [file, marks[file]])) });
}
