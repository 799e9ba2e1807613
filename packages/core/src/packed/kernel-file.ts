// In the published package: the kernels as they were built with it.
import { fileURLToPath } from 'node:url';
import type { KernelBuild } from '../kernels.ts';
import { packageFile } from '../package-file.ts';

/** Path of the compiled kernels. */
export function kernelFile(build: KernelBuild): Promise<string> {
  const file = packageFile(`@convbook/core/kernels/${build}.wasm`, import.meta.url);
  return Promise.resolve(fileURLToPath(file));
}
