// `#kernels` in the workspace: compiled where they are not yet.
import { loadKernelModule } from '@convbook/core/node';

/** The kernels that prediction calls. */
export function loadKernels(): Promise<WebAssembly.Module> {
  return loadKernelModule('predict');
}
