import { fileURLToPath } from 'node:url';

const bundled = new Map<string, Promise<string>>();

/** The script of a page: our TypeScript for browsers, in one piece without imports, made once a process. */
export function bundleScript(entry: URL): Promise<string> {
  const made = bundled.get(entry.href) ?? bundle(fileURLToPath(entry));
  bundled.set(entry.href, made);
  return made;
}

async function bundle(entry: string): Promise<string> {
  const { build, stop } = await import('esbuild');
  const buildOnce = () =>
    build({
      entryPoints: [entry],
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
