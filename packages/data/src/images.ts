// Works on images in memory, without Node.
export { createAugment } from './augment/augment.ts';
export type { Augment } from './augment/augment.ts';
export { balancedClassWeights } from './class-weights.ts';
export { measureStandardization } from './standardization.ts';
export type { Augmentation } from './augment/augmentation.ts';
export { checkDataset } from './check-dataset.ts';
export type { Dataset, ImageSet, SharedBytes } from './dataset.ts';
export { sampleBytes, sampleReader } from './sample-reader.ts';
export type { ReadSample } from './sample-reader.ts';
export { allIndexes, limitAndHoldOut } from './split.ts';
export type { Sampling, Split, SplitIndexes } from './split.ts';
