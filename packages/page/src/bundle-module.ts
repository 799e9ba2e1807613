import { fileURLToPath } from 'node:url';

/**
 * An ES module for pages in one minified piece without imports.
 *
 * @param contents Text in the place of files' own, by the end of their paths.
 */
export async function bundleModule(
  entry: URL,
  contents: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // As published packages resolve their own parts.
    conditions: ['packed'],
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    plugins: Object.entries(contents).map(([ending, text]) => ({
      name: ending,
      setup({ onLoad }) {
        onLoad({ filter: /\.ts$/ }, ({ path }) =>
          path.replaceAll('\\', '/').endsWith(ending)
            ? { contents: text, loader: 'ts' }
            : undefined,
        );
      },
    })),
  });
  return outputFiles[0].text;
}
