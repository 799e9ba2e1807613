// The kernels that prediction calls: the build that pages and the published runtime carry.
export { activate } from './activation';
export { avgPool } from './avg-pool';
export { batchNorm } from './batch-norm';
export { convolve } from './convolve';
export { dense } from './dense';
export { add, copyPlanes, relu } from './elementwise';
export { localResponseNorm } from './local-response-norm';
export { maxPool, minPool } from './max-pool';
export { prelu } from './prelu';
export { sigmoid } from './sigmoid';
export { softmax } from './softmax';
