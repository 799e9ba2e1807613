export { createAugment } from '../augment/augment.ts';
export { datasetWarnings } from '../dataset-warnings.ts';
export { describeDataset } from '../describe.ts';
export { mnistFolder } from '../mnist.ts';
export { limitAndHoldOut } from '../split.ts';
