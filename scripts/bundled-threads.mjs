// In a bundle, and in tests, threads and processes run bundled modules: through the TypeScript loader each would
// take a second to start. The call that names such a module by an export of its package becomes the bundled file.
import { createRequire } from 'node:module';

/**
 * @param {string} code
 * @param {string} file The path of the source that has the code.
 * @param {(source: string) => string} bundled The URL, as a string, of the bundled file of a source.
 */
export function bundledThreads(code, file, bundled) {
  return code.replace(/\bthreadFile\(["']([^"']+)["'], import\.meta\.url\)/g, (_, name) => {
    const source = createRequire(file).resolve(name);
    return `({ url: new URL(${JSON.stringify(bundled(source))}), execArgv: [] })`;
  });
}
