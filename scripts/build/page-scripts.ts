// The entries of page scripts: what code gives to `bundleScript`.
import { createRequire } from 'node:module';
import path from 'node:path';
import type { EmittedFile } from './compile.ts';
import type { PublicPackage } from './public-packages.ts';

const byPlace = /bundleScript\(\s*new URL\('([^']+)', import\.meta\.url\)/g;
const byName = /bundleScript\(\s*packageFile\('([^']+)', import\.meta\.url\)/g;

const call = /(?<!function )\bbundleScript\(/g;

/**
 * Paths of the TypeScript sources of a package that are scripts of pages, absolute; code of any package may name them.
 *
 * @throws Error where a call does not name its entry in itself: the script would be missing in the published package.
 */
export function pageScripts({ folder }: PublicPackage, emitted: readonly EmittedFile[]): string[] {
  const code = emitted.filter(({ path: file }) => file.endsWith('.js'));
  const own = code.flatMap(entriesIn).filter((entry) => entry.startsWith(folder + path.sep));
  return [...new Set(own)];
}

function entriesIn({ path: file, text }: EmittedFile): string[] {
  const found = [
    ...[...text.matchAll(byPlace)].map(([, name]) => path.join(path.dirname(file), name)),
    ...[...text.matchAll(byName)].map(([, name]) => createRequire(file).resolve(name)),
  ];
  const calls = [...text.matchAll(call)].length;
  if (calls === found.length) return found;
  throw new Error(
    `${file}: expected ${calls} scripts of pages, got ${found.length}; write the name of each in the call of bundleScript`,
  );
}
