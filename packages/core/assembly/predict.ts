// The kernels that prediction calls: the build that pages and the published runtime carry.
export { activate } from './activation';
export { avgPool } from './avg-pool';
export { convolveImage } from './convolve-image';
export { convolvePosition } from './convolve-position';
export { add, copyPlanes, relu } from './elementwise';
export { normalizeImage, preluImage } from './image-rows';
export { localResponseNorm } from './local-response-norm';
export { maxPool, minPool } from './max-pool';
export { fromSamples, toSamples } from './samples';
export { sigmoid } from './sigmoid';
export { softmax } from './softmax';
export { fromWindowRows } from './window-rows';
