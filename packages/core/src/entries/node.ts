// The part of core that needs Node: the kernels compiled from their sources. The rest runs in a page, too.
export { kernelFile } from '../kernel-build.ts';
export { loadKernelModule } from '../load-kernel-module.ts';
