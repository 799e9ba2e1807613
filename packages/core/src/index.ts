export { createKernels, createMemory, kernelNames } from './kernels.ts';
export type { KernelBuild, KernelName } from './kernels.ts';
export { kernelParameters } from './kernel-signatures.ts';
export type { Kernels } from './kernel-signatures.ts';
export { addressAfter, toAddress } from './address.ts';
export type { Address } from './address.ts';
export { createGemmPeak } from './gemm-peak.ts';
export type { GemmPeak } from './gemm-peak.ts';
export { elementCount, formatShape, zerosLike } from './tensor.ts';
export type { FloatArray, Shape, Tensor } from './tensor.ts';
export { conv2dBackward, conv2dForward } from './reference/conv2d.ts';
export type { ConvSettings, WindowSettings } from './reference/conv2d.ts';
export {
  avgPool2dBackward,
  avgPool2dForward,
  maxPool2dBackward,
  maxPool2dForward,
  minPool2dForward,
} from './reference/pool2d.ts';
export type { PoolSettings } from './reference/pool2d.ts';
export { denseBackward, denseForward } from './reference/dense.ts';
export { preluBackward, preluForward } from './reference/prelu.ts';
export { reluBackward, reluForward } from './reference/relu.ts';
export { softmaxBackward, softmaxForward } from './reference/softmax.ts';
export { softmaxCrossEntropyReference } from './reference/softmax-cross-entropy.ts';
export type { LossSum } from './reference/softmax-cross-entropy.ts';
export { adamStep } from './reference/adam.ts';
export type { AdamSettings, AdamState } from './reference/adam.ts';
export { ConfigurationError, DataError, DivergedError, RunDirectoryError } from './errors.ts';
export { findJsonProblem } from './json-tokens.ts';
export type { JsonProblem, JsonRules } from './json-tokens.ts';
export { maskUnprintable, printable, showValue } from './printable.ts';
export { assertClose } from './assert-close.ts';
export { classicFilters } from './classic-filters.ts';
export { crossCorrelation, discreteConvolution } from './convolution.ts';
export type { Rows } from './convolution.ts';
export { col2im, im2col } from './im2col.ts';
export { cos, exp, log, pow, sin, tanh } from './math.ts';
export { highest, lowest } from './extent.ts';
export { outputSize } from './output-size.ts';
export { normal, shuffle, uniform } from './random.ts';
export { decodeSafetensors, encodeSafetensors, layOutSafetensors, toBytes } from './safetensors.ts';
export type { StoredTensor } from './safetensors.ts';
export { headBytes, readHeader } from './safetensors-header.ts';
export type { HeaderEntry } from './safetensors-header.ts';
export { activationNames, activationReferences } from './reference/activations.ts';
export type { ActivationName, ActivationReference } from './reference/activations.ts';
export { adaptiveStep } from './reference/adaptive.ts';
export type { AdaptiveSettings } from './reference/adaptive.ts';
export { sgdStep } from './reference/sgd.ts';
export type { SgdSettings } from './reference/sgd.ts';
export {
  elementLossNames,
  elementLossReference,
  oneHot,
  softCrossEntropyReference,
} from './reference/losses.ts';
export type { ElementLossName } from './reference/losses.ts';
export {
  aboveZero,
  anyNumber,
  atLeastZero,
  belowOne,
  checkNumber,
  upToOne,
  wholeAboveZero,
} from './expected.ts';
export type { Expected } from './expected.ts';
export {
  batchNormBackward,
  batchNormForward,
  batchStatistics,
  updateStatistics,
  valuesPerChannel,
} from './reference/batch-norm.ts';
export type { BatchNormSettings, ChannelStatistics } from './reference/batch-norm.ts';
export {
  localResponseNormBackward,
  localResponseNormForward,
} from './reference/local-response-norm.ts';
export type { LocalResponseNormSettings } from './reference/local-response-norm.ts';
export { dropoutMask, dropoutPurpose, dropoutThreshold } from './reference/dropout.ts';
export type { Draws } from './reference/dropout.ts';
export { keyOf, philox, Purpose } from './random.ts';
