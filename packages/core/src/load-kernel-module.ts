import { readFile } from 'node:fs/promises';
import { compileWide } from './compile-wide.ts';
import { kernelFile } from '#kernel-file';
import type { KernelBuild } from './kernels.ts';

/** Compiles the kernels to a module that any number of workers may instantiate. */
export async function loadKernelModule(build: KernelBuild): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(await kernelFile(build)));
}

/** The same, by V8's joining of vectors; only where `whyNarrow` is null. A process loads a build in one way only. */
export async function loadJoinedModule(build: KernelBuild): Promise<WebAssembly.Module> {
  return compileWide(await readFile(await kernelFile(build)));
}
