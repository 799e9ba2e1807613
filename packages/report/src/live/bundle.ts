import { fileURLToPath } from 'node:url';

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
      bundle: true,
      minify: true,
      write: false,
      treeShaking: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      charset: 'ascii',
      legalComments: 'none',
      logLevel: 'silent',
    });
  // Ctrl+C in a terminal ends esbuild's process, too, while the notebook is still to be made.
  const { outputFiles } = await buildOnce().catch(async () => {
    await stop();
    return buildOnce();
  });
  return outputFiles[0].text.replaceAll('</script', '<\\/script').trim();
}
