import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, roomOf, toImportGraph, upwardImports } from './circles.ts';
import type { Target } from '../scripts/build/public-packages.ts';
import { floors, importComplaints, isBelow, namesOutside, rooms } from './floors.ts';

const root = path.join(import.meta.dirname, '..');
const read = (...parts: string[]) => readFileSync(path.join(root, ...parts), 'utf8');

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  exports?: Record<string, Target>;
  imports?: Record<string, Target>;
}

/** Sources that are not published: the published package has another in their place, or none. */
function onlyInWorkspace({ exports = {}, imports = {} }: Manifest): string[] {
  const targets = [...Object.values(exports), ...Object.values(imports)];
  return targets.flatMap((target) =>
    typeof target === 'string' ? [] : [path.normalize(target.default)],
  );
}

const manifestOf = (folder: string) => JSON.parse(read(folder, 'package.json')) as Manifest;
const forTests = Object.keys(manifestOf('.').devDependencies ?? {});

function sourcesOf(owner: string): Map<string, string> {
  const src = path.join('packages', owner, 'src');
  const files = readdirSync(path.join(root, src), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return new Map(files.map((file) => [file, read(src, file)]));
}

it('every package has a floor', () => {
  expect(readdirSync(path.join(root, 'packages')).sort()).toEqual(Object.keys(floors));
});

describe.each(Object.keys(floors))('%s', (owner) => {
  const folder = path.join('packages', owner);
  const manifest = manifestOf(folder);
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  const tools = Object.keys(manifest.devDependencies ?? {});
  const unpublished = onlyInWorkspace(manifest);

  it('declares only packages below it', () => {
    expect(declared.filter((name) => !isBelow(owner, name))).toEqual([]);
  });

  it('imports downward, and only what it declares', () => {
    const files = readdirSync(path.join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join('src', file));
    const complaints = files.flatMap((file) => {
      const isForTests = file.endsWith('.test.ts') || file.includes('/testing/');
      const allowed = new Set([
        ...declared,
        ...(isForTests ? forTests : []),
        ...(unpublished.includes(file) ? tools : []),
      ]);
      return importComplaints({ owner, file, text: read(folder, file), declared: allowed });
    });
    expect(files).not.toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe.each(Object.keys(floors))('%s within itself', (owner) => {
  it('has no circle of imports', () => {
    expect(circlesOf(toImportGraph(sourcesOf(owner)))).toEqual([]);
  });
});

describe.each(Object.entries(rooms))('the rooms of %s', (owner, ownRooms) => {
  const sources = sourcesOf(owner);

  it('are all there are', () => {
    expect([...new Set([...sources.keys()].map(roomOf))].sort()).toEqual([...ownRooms].sort());
  });

  it('import downward', () => {
    expect(upwardImports(toImportGraph(sources), ownRooms)).toEqual([]);
  });
});

it('circlesOf finds each circle once, through types and re-exports', () => {
  const graph = toImportGraph(
    new Map([
      ['a.ts', "import type { B } from './low/b.ts';"],
      ['low/b.ts', "export { c } from '../c.ts'; import 'node:fs';"],
      ['c.ts', "import { a } from './a.ts';"],
      ['d.ts', "import './a.ts'; type E = import('./e.ts').E;"],
      ['e.ts', "const d = await import('./d.ts');"],
      ['f.ts', "import './a.ts'; // import './f.ts'"],
    ]),
  );
  expect(circlesOf(graph)).toEqual([
    ['a.ts', 'c.ts', 'low/b.ts'],
    ['d.ts', 'e.ts'],
  ]);
});

it('upwardImports names what stands above', () => {
  const graph = toImportGraph(
    new Map([
      ['low/a.ts', "import type { B } from '../high/b.ts'; import './c.ts';"],
      ['low/c.ts', ''],
      ['high/b.ts', "import { c } from '../low/c.ts';"],
    ]),
  );
  expect(upwardImports(graph, ['low', 'high'])).toEqual([
    'low/a.ts imports high/b.ts, which stands above',
  ]);
});

it('importComplaints sees every form of import', () => {
  const text = `
    import { readFileSync } from 'node:fs';
    import { exp, type Shape } from '@convbook/core';
    import type { LayerSpec } from "@convbook/layers";
    import './side-effect.ts';
    export { train } from '@convbook/trainer';
    import { say } from 'convbook/progress';
    export * from '../../core/src/index.ts';
    const vega = await import('vega/build/vega.js');
    type Pool = import('piscina').Piscina;
    // import 'comment'
    const text = "import 'string'";
  `;
  const ours = ['@convbook/core', '@convbook/layers', '@convbook/trainer', 'convbook'];
  const declared = new Set(ours);
  expect(importComplaints({ owner: 'data', file: 'src/bad.ts', text, declared })).toEqual([
    'data/src/bad.ts: @convbook/layers does not stand below',
    'data/src/bad.ts: @convbook/trainer does not stand below',
    'data/src/bad.ts: convbook/progress does not stand below',
    'data/src/bad.ts: ../../core/src/index.ts is outside the package',
    'data/src/bad.ts: vega/build/vega.js is not declared in package.json',
    'data/src/bad.ts: piscina is not declared in package.json',
  ]);
});

it.skipIf(!existsSync(path.join(root, '.git')))('no committed file names a folder outside', () => {
  const list = ['-c', 'safe.directory=*', 'ls-files', '-z'];
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && !file.startsWith('test/golden/'))
    .filter((file) => existsSync(path.join(root, file)));
  expect(files).toContain('package.json');
  expect(files.filter((file) => namesOutside(read(file)))).toEqual([]);
});

it.each([
  [['', 'work', 'main'].join('/'), true],
  [`at ${['', 'root', 'x'].join('/')}`, true],
  [['', 'farm'].join('/'), true],
  [['..', 'shared', 'design.md'].join('/'), true],
  [['.', 'library'].join(''), true],
  ['./network/root/model.ts', false],
  ['../shared-state.ts', false],
  [':root { color: black }', false],
])('namesOutside(%j) is %j', (text, expected) => {
  expect(namesOutside(text)).toBe(expected);
});
