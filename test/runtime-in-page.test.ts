// A page gets the runtime by bundling: every subpath for pages must do without Node, and prediction must be small.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runtimeModule } from '@convbook/export/runtime-module';
import { expect, it } from 'vitest';
import { root } from './run-node.ts';
import { bundleWithEsbuild, bundleWithVite } from './runtime-bundle.ts';

const folder = path.join(root, 'packages/runtime');
const { exports } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
};
const forNode = ['./build', './node', './testing', './package.json'];
const subpaths = Object.keys(exports).filter((subpath) => !forNode.includes(subpath));

/** All of a program that predicts: `loadModel`, its picture reading, and the kernels. */
const app = "export { loadModel } from '@convbook/runtime';";
const most = 60_000;

const bundleAll = (specifier: string) => bundleWithEsbuild(`export * from '${specifier}';`);
const gzippedBytes = (text: string) => gzipSync(text, { level: 9 }).length;

it('has these subpaths for pages', () => {
  expect(subpaths).toEqual(['.', './browser', './explain', './network']);
});

it.each(subpaths)('%s is bundled without Node', async (subpath) => {
  const text = await bundleAll(path.posix.join('@convbook/runtime', subpath));
  expect(text).toMatch(/export\{/);
  expect(text).not.toMatch(/[*}]from["']|(?:^|;)import["']|\brequire\(["']|\bimport\(["']/);
});

it('what needs Node is not bundled', async () => {
  await expect(bundleAll('@convbook/core/node')).rejects.toThrow('Could not resolve "node:fs"');
  await expect(bundleAll('@convbook/runtime/node')).rejects.toThrow('Could not resolve "node:');
});

it.each([
  ['esbuild', () => bundleWithEsbuild(app)],
  ['Vite', () => bundleWithVite(app)],
  ['the file for pages without a bundler', runtimeModule],
])('takes at most 60 KB, gzipped, kernels included: %s', async (_, bundle) => {
  const text = await bundle();
  expect(gzippedBytes(text)).toBeLessThanOrEqual(most);
  expect(text).toContain('convbook-model');
  // The role of calls that only training plans.
  expect(text).not.toContain('weight gradient');
});
