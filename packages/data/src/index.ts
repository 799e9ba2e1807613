export type { Augment } from './augment/augment.ts';
export type { Augmentation } from './augment/augmentation.ts';
export { checkLabels } from './dataset.ts';
export type { Dataset, ImageSet, SharedBytes } from './dataset.ts';
export { loadIdxFolder } from './idx-folder.ts';
export { loadMnist } from './mnist.ts';
export type { Sampling, Split, SplitIndexes } from './split.ts';
export { synthetic } from './synthetic.ts';
export type { SyntheticOptions } from './synthetic.ts';
