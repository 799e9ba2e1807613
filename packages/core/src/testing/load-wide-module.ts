import { loadJoinedModule, loadKernelModule } from '../load-kernel-module.ts';
import { whyNarrow } from '../wide-node.mjs';

/** The wide build, joined where V8 can. */
export async function loadWideModule(): Promise<WebAssembly.Module> {
  return whyNarrow() === null ? loadJoinedModule('wide') : loadKernelModule('wide');
}
