// What needs Node: the kernels compiled from their sources. All else of core runs in a page, too.
export { kernelFile } from './kernel-build.ts';
export { loadKernelModule } from './load-kernel-module.ts';
