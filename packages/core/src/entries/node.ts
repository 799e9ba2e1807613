// The part of core that needs Node: the kernels compiled from their sources, folders and processes. The rest runs in a page, too.
export { cacheFolder } from '../cache-folder.mjs';
export { kernelFile } from '#kernel-file';
export { isWorkspace } from '#workspace';
export { packageFile, threadFile } from '../package-file.ts';
export type { ThreadFile } from '../package-file.ts';
export { loadKernelModule } from '../load-kernel-module.ts';
export { loadPeakModule, loadTrainingKernels } from '../training-kernels.ts';
export type { TrainingKernels } from '../training-kernels.ts';
export { startedBy } from '../started-by.mjs';
export { whyNarrow } from '../wide-node.mjs';
export { stateOf, stateOfProcess, thisProcess } from '../process-state.ts';
export type { ProcessIdentity } from '../process-state.ts';
