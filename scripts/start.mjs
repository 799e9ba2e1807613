// node scripts/start.mjs COMMAND …: runs scripts/COMMAND.ts from a bundle. To load hundreds of modules
// through a TypeScript loader takes most of a second, in every thread. Bundles are made on first use and
// named by the SHA-256 of what made them, so an outdated one never runs.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const root = path.join(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules', '.cache', 'convbook');

/**
 * @param {string} folder Sources, relative to the root.
 * @returns {string[]} What a bundle may hold.
 */
function sourceFiles(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(file);
    return /(?<!\.test)\.ts$/.test(file) ? [file] : [];
  });
}

function buildHash() {
  const packages = readdirSync(path.join(root, 'packages')).map((name) =>
    path.join('packages', name, 'src'),
  );
  const made = ['pnpm-lock.yaml', 'scripts/start.mjs', 'scripts/support/bundle.mjs'];
  const files = [...made, ...['scripts', ...packages].flatMap(sourceFiles)];
  // The folder too: a bundle has absolute paths.
  const hash = createHash('sha256').update(root);
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

const folder = path.join(cache, buildHash());
if (!existsSync(folder)) {
  const { bundle } = await import('./support/bundle.mjs');
  await bundle(root, folder);
}
const [node, , command, ...words] = process.argv;
const file = path.join(folder, 'scripts', `${command}.js`);
process.argv = [node, file, ...words];
await import(pathToFileURL(file).href);
