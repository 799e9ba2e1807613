export { checkLabels } from './dataset.ts';
export type { Dataset, ImageSet, SharedBytes } from './dataset.ts';
export { describeDataset } from './describe.ts';
export type { DatasetDescription } from './describe.ts';
export { loadIdxFolder } from './idx-folder.ts';
export { loadMnist } from './mnist.ts';
export { limitAndHoldOut } from './split.ts';
export type { Split } from './split.ts';
