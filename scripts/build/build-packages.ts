// Makes the folders that are published: one for each package, with nothing that only the workspace needs.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { kernelFile } from '@convbook/core/node';
import { runtimeModule } from '@convbook/export/runtime-module';
import { bundleScript } from '@convbook/page';
import { kernelTextModule } from '@convbook/runtime/build';
import { compile, type EmittedFile } from './compile.ts';
import { packedManifest } from './packed-manifest.ts';
import { entrySources, publicPackages, type PublicPackage } from './public-packages.ts';
import { pageScripts } from './page-scripts.ts';

/** Where a package is built to. */
export type Destination = (built: PublicPackage) => string;

/** The folder that package.json names in `publishConfig`. */
export const usualDestination: Destination = ({ folder }) => path.join(folder, 'dist');

/**
 * Builds every public package.
 *
 * @throws Error where a source does not compile.
 */
export async function buildPackages(root: string, to: Destination): Promise<PublicPackage[]> {
  const packages = publicPackages(root);
  const emitted = compile(root, packages.flatMap(entrySources));
  const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]));
  for (const built of packages) {
    const folder = to(built);
    rmSync(folder, { recursive: true, force: true });
    writeEmitted(built, folder, emitted);
    copyOthers(root, built, folder);
    await writeScripts(built, folder, emitted);
    const manifest = packedManifest(built.manifest, versions);
    writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await makers[built.manifest.name]?.(folder);
  }
  return packages;
}

function sourceFolder({ folder }: PublicPackage): string {
  return path.join(folder, 'src') + path.sep;
}

function writeEmitted(built: PublicPackage, folder: string, emitted: readonly EmittedFile[]): void {
  const sources = sourceFolder(built);
  for (const { path: file, text } of emitted.filter((each) => each.path.startsWith(sources))) {
    const place = path.join(folder, path.relative(sources, file));
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

/** Plain JavaScript, assets, README, changes and licence. */
function copyOthers(root: string, built: PublicPackage, folder: string): void {
  const sources = sourceFolder(built);
  for (const name of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    const isCopied = /(?:^|\/)(?:assets\/[^/]+|LICENSE)$|\.d\.mts$|\.mjs$/.test(
      name.replaceAll(path.sep, '/'),
    );
    if (isCopied && !name.endsWith('.test.ts'))
      cpSync(path.join(sources, name), path.join(folder, name));
  }
  for (const name of ['README.md', 'CHANGELOG.md']) {
    const file = path.join(built.folder, name);
    if (existsSync(file)) cpSync(file, path.join(folder, name));
  }
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
}

async function writeScripts(
  built: PublicPackage,
  folder: string,
  emitted: readonly EmittedFile[],
): Promise<void> {
  const sources = sourceFolder(built);
  for (const entry of pageScripts(built, emitted)) {
    const file = path.join(folder, path.relative(sources, entry).replace(/\.ts$/, '.bundle.js'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, await bundleScript(new URL(`file://${entry}`)));
  }
}

/** Functions that make the files that no compiler makes, by package. */
const makers: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  '@convbook/core': copyKernels,
  '@convbook/runtime': writeRuntime,
};

async function copyKernels(folder: string): Promise<void> {
  mkdirSync(path.join(folder, 'kernels'), { recursive: true });
  for (const build of ['shared', 'wide', 'plain', 'predict', 'peak'] as const) {
    await copyFile(await kernelFile(build), path.join(folder, 'kernels', `${build}.wasm`));
  }
}

/** The kernels as a module, and all of the package in one file. */
async function writeRuntime(folder: string): Promise<void> {
  replace(path.join(folder, 'kernels', 'kernel-text.js'), await kernelTextModule());
  replace(path.join(folder, 'browser.js'), await runtimeModule());
}

/** Writes a file in the place of a compiled one, whose map no longer holds. */
function replace(file: string, text: string): void {
  writeFileSync(file, text);
  rmSync(`${file}.map`);
}
