// The entries of page scripts: what the code of a package gives to `bundleScript`.
import { createRequire } from 'node:module';
import path from 'node:path';
import type { EmittedFile } from './compile.ts';
import type { PublicPackage } from './public-packages.ts';

const byPlace = /bundleScript\(\s*new URL\('([^']+)', import\.meta\.url\)/g;
const byName = /bundleScript\(\s*packageFile\('([^']+)', import\.meta\.url\)/g;

/** Paths of the TypeScript sources, absolute. */
export function pageScripts({ folder }: PublicPackage, emitted: readonly EmittedFile[]): string[] {
  const own = emitted.filter(({ path: file }) => file.startsWith(folder + path.sep));
  const found = own
    .filter(({ path: file }) => file.endsWith('.js'))
    .flatMap(({ path: file, text }) => [
      ...[...text.matchAll(byPlace)].map(([, name]) => path.join(path.dirname(file), name)),
      ...[...text.matchAll(byName)].map(([, name]) => createRequire(file).resolve(name)),
    ]);
  return [...new Set(found)];
}
