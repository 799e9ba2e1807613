// Files that a program needs while it runs, and that no bundler follows: each is an export of its package, and is
// found by that name. In the workspace the exports lead to sources, in an installed package to what was built.
// A bundler may have put the calling code anywhere: the name is then looked up from there.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * The file of an export of one of our packages.
 *
 * @param name Such as `@convbook/core/kernels/plain.wasm`.
 * @param caller `import.meta.url` of the module that needs it.
 * @throws Error where the package is not installed for the caller.
 */
export function packageFile(name: string, caller: string): URL {
  try {
    return pathToFileURL(createRequire(caller).resolve(name));
  } catch (cause) {
    const owner = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
    throw new Error(
      `${name}: expected the package ${owner} where ${caller} can import it, got ${(cause as Error).message.split('\n', 1)[0]}; ` +
        `bundle to an ES module and install ${owner} beside it, or leave convbook and @convbook/* out of the bundle`,
      { cause },
    );
  }
}

/** A module that a thread or another process runs. */
export interface ThreadFile {
  readonly url: URL;
  /** Flags of its Node: for TypeScript the loader must be there, too. */
  readonly execArgv: readonly string[];
}

/**
 * The module of an export, such as `@convbook/trainer/worker`, for a thread or a process.
 *
 * The bundle of the workspace's commands replaces the call (scripts/bundled-threads.mjs).
 *
 * @param caller `import.meta.url` of the module that starts it.
 * @throws Error where the package is not installed for the caller.
 */
export function threadFile(name: string, caller: string): ThreadFile {
  const url = packageFile(name, caller);
  return { url, execArgv: url.pathname.endsWith('.ts') ? ['--import', loader()] : [] };
}

function loader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
