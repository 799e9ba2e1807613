// The content of the tarballs, and what the tools that check packages say of it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  packedSource,
  publicPackages,
  type Manifest,
} from '../../scripts/build/public-packages.ts';
import { root } from '../run-node.ts';
import { installedPackages, type Installed } from './installed.ts';

// Whole trainings, and compilers, in processes of their own.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

/** Scripts without a source: the build makes them. */
const made = ['browser.js', 'kernels/kernel-text.js'];

let installed: Installed;
beforeAll(async () => {
  installed = await installedPackages();
});

const packages = publicPackages(root);
const folders = packages.map(({ folder }) => path.basename(folder));

/** A package in the workspace, as it was built, and its tarball. */
function partsOf(name: string) {
  const built = path.join(installed.built, name);
  const manifest = readJson<Built>(path.join(built, 'package.json'));
  const workspace = readJson<Manifest>(path.join(root, 'packages', name, 'package.json'));
  const tarball = installed.tarballs.find((each) => each.name === manifest.name);
  if (tarball === undefined) throw new Error(`no tarball of ${manifest.name}`);
  return { built, manifest, workspace, tarball };
}

type BuiltTarget = string | { readonly types: string; readonly default: string };

interface Built extends Omit<Manifest, 'exports' | 'imports'> {
  readonly exports: Readonly<Record<string, BuiltTarget>>;
  readonly imports?: Readonly<Record<string, BuiltTarget>>;
}

function readJson<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}

it('are those of every package', () => {
  expect(folders).toEqual(
    'convbook core data export layers lessons mpi page report run runtime trainer'.split(' '),
  );
  expect(installed.tarballs.map(({ name }) => name).sort()).toEqual(
    packages.map(({ manifest }) => manifest.name).sort(),
  );
});

describe.each(folders)('the tarball of %s', (name) => {
  it('has README, licence, JavaScript, declarations and maps, and nothing that only the workspace needs', () => {
    const { files } = partsOf(name).tarball;
    for (const needed of ['LICENSE', 'README.md', 'index.js', 'index.d.ts', 'index.js.map']) {
      expect(files).toContain(needed);
    }
    // The app's own files are there as they are, and the programs, weights and curves of lessons.
    const unwanted = files.filter(
      (file) =>
        !/^app\/assets\/|^assets\/[\w-]+\.(?:example\.ts|json|safetensors)$/.test(file) &&
        (/(?<!\.d)\.m?ts$|\.test\.|^(?:src|assembly|testing|test)\/|kernel-build|assert-close/.test(
          file,
        ) ||
          !/\.(?:js|js\.map|mjs|d\.ts|d\.mts|css|wasm)$|LICENSE$|^(?:(?:README|CHANGELOG)\.md|package\.json)$/.test(
            file,
          )),
    );
    expect(unwanted).toEqual([]);
    const { built } = partsOf(name);
    const scripts = files.filter((file) => /\.m?js$/.test(file));
    const withTools = scripts.filter((file) =>
      /(?:from ?|import ?|import\(|require\()['"](?:esbuild|assemblyscript|vitest|typescript|tsx\/)/.test(
        readFileSync(path.join(built, file), 'utf8'),
      ),
    );
    expect(withTools).toEqual([]);
  });

  it('exports what the workspace does, but for what is not packed', () => {
    const { manifest, workspace, tarball } = partsOf(name);
    const published = Object.entries(workspace.exports).filter(
      ([, target]) => packedSource(target) !== null,
    );
    expect(Object.keys(manifest.exports)).toEqual(published.map(([subpath]) => subpath));
    const targets = [manifest.exports, manifest.imports ?? {}].flatMap((each) =>
      Object.values(each),
    );
    const files = targets.flatMap((target) =>
      typeof target === 'string' ? [target] : [target.types, target.default],
    );
    for (const file of [...files, ...Object.values(manifest.bin ?? {})]) {
      const [first, last = ''] = path.posix.normalize(file).split('*');
      const matching = tarball.files.filter(
        (each) => each.startsWith(first) && each.endsWith(last),
      );
      expect(matching, file).not.toEqual([]);
    }
  });

  it('needs its own version of the others, and no tool of the workspace', () => {
    const { manifest, workspace } = partsOf(name);
    for (const field of ['dependencies', 'optionalDependencies'] as const) {
      const { [field]: needs = {} } = manifest;
      expect(Object.keys(needs)).toEqual(Object.keys(workspace[field] ?? {}));
      for (const [needed, version] of Object.entries(needs)) {
        expect(version, needed).toMatch(/^\d+\.\d+\.\d+$/);
      }
    }
    expect(manifest).not.toHaveProperty('private');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('scripts');
  });

  it('has source maps that contain their sources', () => {
    const { built, tarball } = partsOf(name);
    const scripts = tarball.files.filter(
      (file) => /(?<!\.bundle|assets\/.*)\.js$/.test(file) && !made.includes(file),
    );
    for (const script of scripts) {
      const map = readJson<{ sources: string[]; sourcesContent: string[] }>(
        path.join(built, `${script}.map`),
      );
      const source = script.replace(/\.js$/, '.ts');
      expect(map.sources).toEqual([path.basename(source)]);
      expect(map.sourcesContent).toEqual([
        readFileSync(path.join(root, 'packages', name, 'src', source), 'utf8'),
      ]);
    }
  });

  it('passes publint', async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(partsOf(name).tarball.file);
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
    const { messages } = await publint({ strict: true, pack: { tarball } });
    expect(messages).toEqual([]);
  });

  it('has types that are right wherever ES modules are', async () => {
    const bytes = new Uint8Array(readFileSync(partsOf(name).tarball.file));
    const checked = await checkPackage(createPackageFromTarballData(bytes));
    if (!checked.types) throw new Error(`${name} has no types`);
    expect(checked.problems.filter((problem) => !isOfCommonJs(problem))).toEqual([]);
  });
});

/** `require` and what resolved before `exports` find ES modules, which they cannot load: said in the README. */
function isOfCommonJs(problem: object): boolean {
  const old = ['node10', 'node16-cjs'];
  return Object.values(problem).some((value) => typeof value === 'string' && old.includes(value));
}

it('install without a tool of the workspace', () => {
  const lock = readJson<{ packages: Record<string, unknown> }>(
    path.join(installed.project, 'package-lock.json'),
  );
  const names = Object.keys(lock.packages).map((place) => place.replace(/^.*node_modules\//, ''));
  const tools = ['assemblyscript', 'esbuild', 'tsx', 'vitest', 'typescript', 'vite'];
  expect(names.filter((name) => tools.includes(name))).toEqual([]);
});

it('have the sizes of README’s table, by 5 %', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `((?:@convbook\/)?\w+)` +\| (\d+) +\| (\d+) +\|$/gm)];
  expect(rows.map(([, name]) => name)).toEqual(packages.map(({ manifest }) => manifest.name));
  for (const [, name, ...kilobytes] of rows) {
    const tarball = installed.tarballs.find((each) => each.name === name);
    const sizes = [tarball?.packedBytes ?? 0, tarball?.unpackedBytes ?? 0];
    for (const [i, size] of sizes.entries()) {
      const given = Number(kilobytes[i]) * 1000;
      // A kilobyte is rounded away in the smallest.
      expect(Math.abs(size - given), `${name}: ${sizes.join()} bytes`).toBeLessThan(
        0.05 * given + 500,
      );
    }
  }
});
