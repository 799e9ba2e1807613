import { loadKernelModule } from '@convbook/core/node';

let loading: Promise<WebAssembly.Module> | null = null;

/** The kernels that compute predictions, compiled once a process. */
export function predictionKernels(): Promise<WebAssembly.Module> {
  loading ??= loadKernelModule('predict');
  return loading;
}
