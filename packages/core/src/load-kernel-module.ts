import { readFile } from 'node:fs/promises';
import { kernelFile } from './kernel-build.ts';
import type { KernelBuild } from './kernels.ts';

/** Compiles the kernels to a module that any number of workers may instantiate. */
export async function loadKernelModule(build: KernelBuild): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(await kernelFile(build)));
}
