import { hashOfKernels, knownBits } from './known-bits.ts';
import { loadJoinedModule, loadKernelModule } from './load-kernel-module.ts';
import { whyNarrow } from './wide-node.mjs';

/** Kernels for the shared memory of workers. */
export interface TrainingKernels {
  readonly module: WebAssembly.Module;
  /** Null where V8 makes them twice as wide. The bits they compute are the same. */
  readonly whyNarrow: string | null;
}

/** The fastest kernels that this Node and processor have. */
export async function loadTrainingKernels(): Promise<TrainingKernels> {
  const reason = whyNarrow();
  if (reason !== null) return narrowKernels(reason);
  const module = await loadJoinedModule('wide');
  if (hashOfKernels(module) === knownBits) return { module, whyNarrow: null };
  return narrowKernels('the wide kernels did not compute the known bits');
}

/** The kernels of `createGemmPeak`, compiled as those that train are. */
export async function loadPeakModule(isWide: boolean): Promise<WebAssembly.Module> {
  return isWide ? loadJoinedModule('peak') : loadKernelModule('peak');
}

async function narrowKernels(reason: string): Promise<TrainingKernels> {
  return { module: await loadKernelModule('shared'), whyNarrow: reason };
}
