export { createAugment } from '../augment/augment.ts';
export { datasetWarnings } from '../dataset-warnings.ts';
export { describeDataset } from '../describe.ts';
export { describePictures } from '../describe-pictures.ts';
export { mnistFolder } from '../mnist.ts';
export { limitAndHoldOut } from '../split.ts';
