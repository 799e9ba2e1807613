// In the published package: the file as it was built.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** `@convbook/runtime/browser` as one file: an ES module without imports, the kernels in it. */
export function runtimeModule(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('@convbook/runtime/browser'), 'utf8');
}
