import { readFile } from 'node:fs/promises';
import { compileWide } from '../compile-wide.ts';
import { kernelFile } from '../kernel-build.ts';
import { loadKernelModule } from '../load-kernel-module.ts';
import { whyNarrow } from '../wide-node.mjs';

/** The wide build, joined where V8 can. */
export async function loadWideModule(): Promise<WebAssembly.Module> {
  if (whyNarrow() !== null) return loadKernelModule('wide');
  return compileWide(await readFile(await kernelFile('wide')));
}
