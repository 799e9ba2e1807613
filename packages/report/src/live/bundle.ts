import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** What only Node has, or only it needs: nothing in the page calls it. */
const nodeOnly: Plugin = {
  name: 'node-only',
  setup(build) {
    build.onResolve({ filter: /^node:|\/kernel-build\.ts$/ }, ({ path }) => ({
      path,
      namespace: 'node-only',
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: 'node-only' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
  },
};

let bundled: Promise<string> | undefined;

/** The live page's script: our TypeScript for browsers, in one piece without imports. */
export function bundleLiveScript(): Promise<string> {
  return (bundled ??= bundle());
}

async function bundle(): Promise<string> {
  const { build, stop } = await import('esbuild');
  const buildOnce = () =>
    build({
      entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
      ...{ bundle: true, minify: true, write: false, treeShaking: true },
      ...{ format: 'iife', platform: 'browser', target: 'es2022', charset: 'ascii' },
      ...{ legalComments: 'none', logLevel: 'silent', plugins: [nodeOnly] },
    });
  // Ctrl+C in a terminal ends esbuild's process, too, while the notebook is still to be made.
  const { outputFiles } = await buildOnce().catch(async () => {
    await stop();
    return buildOnce();
  });
  return outputFiles[0].text.replaceAll('</script', '<\\/script').trim();
}
