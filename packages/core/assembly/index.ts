export { activate, activateGradient } from './activation';
export {
  batchNorm, batchNormGradient, batchNormGradientSums, batchNormMeans, batchNormRunning,
  batchNormStatistics, batchNormSums,
} from './batch-norm';
export { bilinearInputProducts, bilinearProducts, bilinearWeightProducts } from './bilinear';
export { bilinearWeightGradient, bilinearWeights } from './bilinear-weights';
export { combine } from './combine';
export { convolve } from './convolve';
export { convolveImage } from './convolve-image';
export { convolvePosition } from './convolve-position';
export { biasGradient, wholeBiasGradient } from './bias-gradient';
export { convolveWeightGradient } from './convolve-weight-gradient';
export { swapWeights } from './swap-weights';
export { avgPool, avgPoolGradient } from './avg-pool';
export { dropoutMask, multiply } from './dropout';
export { localResponseNorm, localResponseNormGradient } from './local-response-norm';
export { normalizeImage, preluImage } from './image-rows';
export { maxPool, maxPoolGradient, minPool } from './max-pool';
export { pooledInputGradient } from './pooled-input-gradient';
export { pooledWeightGradient } from './pooled-weight-gradient';
export { fromSamples, toSamples } from './samples';
export { fromWindowRows, toWindowRows } from './window-rows';
export { winogradProducts } from './winograd';
export { winogradInput } from './winograd-input';
export { winogradOutput } from './winograd-output';
export { winogradWeights } from './winograd-weights';
export {
  winogradGradient, winogradWeightGradient, winogradWeightProducts,
} from './winograd-weight-gradient';
export { prelu, preluGradient, preluWeightGradient } from './prelu';
export { dense, denseInputGradient } from './dense';
export { sigmoid, sigmoidGradient } from './sigmoid';
export { sparseInputGradient } from './sparse-input-gradient';
export { denseWeightGradient } from './dense-weight-gradient';
export {
  add,
  clear,
  copyPlanes,
  loadBytes,
  relu,
  reluGradient,
  standardizeBytes,
} from './elementwise';
export { addRows, divideRows } from './rows';
export { sumShards, sumSquares } from './sum';
export { softmax, softmaxGradient } from './softmax';
export { softmaxCrossEntropy } from './softmax-cross-entropy';
export { elementLoss, softCrossEntropy } from './losses';
export { penalize, scale } from './penalty';
export { adam } from './adam';
export { adaptive } from './adaptive';
export { lambDirection } from './lamb';
export { momentum, nesterov, sgd } from './sgd';
export { cos, exp, log, pow, sin, tanh } from '../src/math';
