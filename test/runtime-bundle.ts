// Bundles a program of an app with the runtime in it, as published packages are bundled: kernels are in the module.
import path from 'node:path';
import { kernelTextModule } from '@convbook/runtime/build';
import { build as buildByEsbuild, type Plugin } from 'esbuild';
import { build as buildByVite, type Rolldown } from 'vite';
import { root } from './run-node.ts';

const kernelText = '/runtime/src/kernels/kernel-text.ts';

/** A program that an app's page runs. */
export interface Bundled {
  readonly text: string;
  readonly format: 'esm' | 'iife';
}

/** Bundles source text, with nothing in place of Node's modules. */
export async function bundleWithEsbuild(
  contents: string,
  format: Bundled['format'] = 'esm',
): Promise<string> {
  const { outputFiles } = await buildByEsbuild({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    format,
    platform: 'browser',
    target: 'es2022',
    conditions: ['packed'],
    plugins: [await kernelPlugin()],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

async function kernelPlugin(): Promise<Plugin> {
  const contents = await kernelTextModule();
  return {
    name: 'kernels',
    setup({ onLoad }) {
      onLoad({ filter: /kernel-text\.ts$/ }, () => ({ contents, loader: 'ts' }));
    },
  };
}

/** The same by Vite, for its production build. */
export async function bundleWithVite(contents: string): Promise<string> {
  const kernels = await kernelTextModule();
  const entry = path.join(root, 'test', 'virtual-app.ts');
  const result = await buildByVite({
    configFile: false,
    root,
    logLevel: 'silent',
    resolve: { conditions: ['packed', 'module', 'browser', 'production'] },
    plugins: [
      {
        name: 'app',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? id : null),
        load(id) {
          if (id === entry) return contents;
          return id.replaceAll(path.sep, '/').endsWith(kernelText) ? kernels : null;
        },
      },
    ],
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  });
  const { output } = result as Rolldown.RolldownOutput;
  return output[0].code;
}
