// A page gets the runtime by bundling: every subpath but that of tests must do without Node.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { root } from './run-node.ts';

const folder = path.join(root, 'packages/runtime');
const { exports } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
  exports: Record<string, string>;
};
const subpaths = Object.keys(exports).filter((subpath) => subpath !== './testing');

/** Bundles an import for a browser, with nothing in place of Node's modules. */
async function bundleForPage(specifier: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${specifier}';`, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

it('has these subpaths for pages', () => {
  expect(subpaths).toEqual(['.', './explain']);
});

it.each(subpaths)('%s is bundled without Node', async (subpath) => {
  const text = await bundleForPage(path.posix.join('@convbook/runtime/network', subpath));
  expect(text).toMatch(/^export \{/m);
  expect(text).not.toMatch(/\bfrom ["']|\brequire\(["']|\bimport\(["']/);
});

it('what needs Node is not bundled', async () => {
  await expect(bundleForPage('@convbook/core/node')).rejects.toThrow('Could not resolve "node:fs"');
});
