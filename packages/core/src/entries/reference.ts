export { conv2dBackward, conv2dForward } from '../reference/conv2d.ts';
export type { ConvSettings, WindowSettings } from '../reference/conv2d.ts';
export {
  avgPool2dBackward,
  avgPool2dForward,
  maxPool2dBackward,
  maxPool2dForward,
  minPool2dForward,
} from '../reference/pool2d.ts';
export type { PoolSettings } from '../reference/pool2d.ts';
export { denseBackward, denseForward } from '../reference/dense.ts';
export { preluBackward, preluForward } from '../reference/prelu.ts';
export { reluBackward, reluForward } from '../reference/relu.ts';
export { softmaxBackward, softmaxForward } from '../reference/softmax.ts';
export { softmaxCrossEntropyReference } from '../reference/softmax-cross-entropy.ts';
export type { LossSum } from '../reference/softmax-cross-entropy.ts';
export { adamStep } from '../reference/adam.ts';
export type { AdamSettings, AdamState } from '../reference/adam.ts';
export { activationNames, activationReferences } from '../reference/activations.ts';
export type { ActivationName, ActivationReference } from '../reference/activations.ts';
export { adaptiveStep } from '../reference/adaptive.ts';
export type { AdaptiveSettings } from '../reference/adaptive.ts';
export { lambStep } from '../reference/lamb.ts';
export type { LambSettings, LambState } from '../reference/lamb.ts';
export { larsStep } from '../reference/lars.ts';
export type { LarsSettings } from '../reference/lars.ts';
export { sgdStep } from '../reference/sgd.ts';
export type { SgdSettings } from '../reference/sgd.ts';
export {
  elementLossNames,
  elementLossReference,
  oneHot,
  softCrossEntropyReference,
} from '../reference/losses.ts';
export type { ElementLossName } from '../reference/losses.ts';
export {
  batchNormBackward,
  batchNormForward,
  batchStatistics,
  updateStatistics,
  valuesPerChannel,
} from '../reference/batch-norm.ts';
export type { BatchNormSettings, ChannelStatistics } from '../reference/batch-norm.ts';
export {
  localResponseNormBackward,
  localResponseNormForward,
} from '../reference/local-response-norm.ts';
export type { LocalResponseNormSettings } from '../reference/local-response-norm.ts';
export { dropoutMask, dropoutPurpose, dropoutThreshold } from '../reference/dropout.ts';
export type { Draws } from '../reference/dropout.ts';
