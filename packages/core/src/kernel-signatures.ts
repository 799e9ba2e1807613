// Made from assembly/ by scripts/kernel-signatures.ts: do not change it by hand.
import type { Address } from './address.ts';

/** Every kernel with the names of its parameters, in order. */
export const kernelParameters = {
  activate: ['y', 'x', 'vectors', 'kind', 'parameter'],
  activateGradient: ['dX', 'dY', 'x', 'vectors', 'kind', 'parameter'],
  adam: ['p', 'g', 'm', 'v', 'vectors', 'step', 'scale', 'beta1', 'rest1', 'beta2', 'rest2', 'epsilon', 'keep', 'coupled'],
  adaptive: ['p', 'g', 'h', 'vectors', 'rate', 'keep', 'gain', 'epsilon', 'decay'],
  add: ['y', 'a', 'b', 'vectors', 'relu'],
  addRows: ['y', 'yStride', 'x', 'xStride', 'rows', 'columns'],
  avgPool: ['y', 'yPlane', 'x', 'xPlane', 'channels', 'program', 'divisors'],
  avgPoolGradient: ['dX', 'xPlane', 'dY', 'yPlane', 'channels', 'program', 'divisors', 'add'],
  batchNorm: ['y', 'x', 'statistics', 'weight', 'bias', 'channels', 'plane', 'relu'],
  batchNormGradient: ['dX', 'dY', 'x', 'statistics', 'means', 'weight', 'channels', 'plane', 'laneBytes', 'count'],
  batchNormGradientSums: ['sums', 'dWeight', 'dBias', 'dY', 'x', 'y', 'statistics', 'channels', 'plane'],
  batchNormMeans: ['means', 'sums', 'shardStride', 'shards', 'channels', 'elements'],
  batchNormRunning: ['statistics', 'mean', 'variance', 'channels', 'epsilon'],
  batchNormStatistics: ['statistics', 'mean', 'variance', 'channels', 'elements', 'epsilon', 'momentum'],
  batchNormSums: ['sums', 'x', 'channels', 'plane', 'laneBytes', 'count'],
  biasGradient: ['dBias', 'dY', 'yPlane', 'filters', 'vectors'],
  bilinearInputProducts: ['dV', 'dM', 'U', 'uPlane', 'positions', 'planes', 'filters', 'channels', 'laneBytes'],
  bilinearProducts: ['M', 'V', 'U', 'uPlane', 'positions', 'planes', 'filters', 'channels', 'laneBytes'],
  bilinearWeightGradient: ['dWeights', 'dU', 'uPlane', 'program', 'pairs', 'divisor'],
  bilinearWeightProducts: ['dU', 'uPlane', 'dM', 'V', 'positions', 'planes', 'filters', 'channels', 'laneBytes', 'scratch'],
  bilinearWeights: ['U', 'uPlane', 'weights', 'program', 'planes', 'from', 'to', 'scratch'],
  clear: ['at', 'size'],
  combine: ['out', 'source', 'program', 'channels', 'laneBytes', 'bias', 'relu'],
  convolve: ['out', 'outPlane', 'source', 'sourcePlane', 'weights', 'weightOutStride', 'weightSourceStride', 'bias', 'outChannels', 'sourceChannels', 'program', 'relu'],
  convolveImage: ['out', 'outSample', 'source', 'sourceSample', 'samples', 'sourcePlane', 'weights', 'weightPlane', 'bias', 'filters', 'channels', 'program', 'pools', 'relu'],
  convolvePosition: ['out', 'source', 'sourcePlane', 'weights', 'weightPlane', 'bias', 'blocks', 'channels', 'taps', 'tapCount', 'relu'],
  convolveWeightGradient: ['dWeights', 'filterStride', 'columnStride', 'dY', 'yPlane', 'source', 'offsets', 'filters', 'columns', 'program', 'divisor', 'sums'],
  copyPlanes: ['to', 'toPlane', 'toRow', 'from', 'fromPlane', 'fromRow', 'planes', 'rows', 'rowBytes'],
  cos: ['x'],
  dense: ['y', 'x', 'weights', 'bias', 'outputs', 'inputs', 'laneBytes', 'relu'],
  denseInputGradient: ['dX', 'dY', 'weights', 'outputs', 'inputs', 'laneBytes'],
  denseWeightGradient: ['dWeights', 'dY', 'x', 'laneBytes', 'outputs', 'inputs', 'from', 'to', 'divisor', 'scratch'],
  divideRows: ['x', 'rowStride', 'rows', 'columns', 'divisor'],
  dropoutMask: ['mask', 'positions', 'laneBytes', 'draws', 'purpose', 'threshold', 'keep'],
  elementLoss: ['dX', 'x', 'labels', 'targets', 'classes', 'laneBytes', 'count', 'kind', 'delta', 'result'],
  exp: ['x'],
  fromSamples: ['x', 'xPlane', 'images', 'sampleStride', 'rowStride', 'columnStride', 'channels', 'rows', 'columns', 'laneBytes'],
  fromWindowRows: ['weights', 'windowRows', 'filterStride', 'channelStride', 'rowStride', 'columnStride', 'filters', 'channels', 'rows', 'columns'],
  lambDirection: ['g', 'm', 'v', 'p', 'vectors', 'first', 'scale', 'beta1', 'rest1', 'beta2', 'rest2', 'epsilon', 'decay'],
  loadBytes: ['y', 'bytes', 'vectors'],
  localResponseNorm: ['y', 'scale', 'x', 'channels', 'plane', 'half', 'alpha', 'beta', 'k'],
  localResponseNormGradient: ['dX', 'dY', 'x', 'y', 'scale', 'shares', 'channels', 'plane', 'half', 'alpha', 'beta'],
  log: ['x'],
  maxPool: ['y', 'yPlane', 'index', 'x', 'xPlane', 'channels', 'program', 'relu'],
  maxPoolGradient: ['dX', 'xPlane', 'dY', 'yPlane', 'index', 'channels', 'program', 'add'],
  minPool: ['y', 'yPlane', 'index', 'x', 'xPlane', 'channels', 'program'],
  momentum: ['p', 'g', 'v', 'vectors', 'rate', 'momentum', 'decay'],
  multiply: ['y', 'a', 'b', 'vectors'],
  nesterov: ['p', 'g', 'v', 'vectors', 'rate', 'momentum', 'decay'],
  normalizeImage: ['y', 'x', 'numbers', 'positions', 'vectors', 'relu'],
  penalize: ['gradient', 'weights', 'rowStride', 'rows', 'columns', 'l1', 'l2'],
  pooledInputGradient: ['dX', 'sampleStride', 'rowStride', 'weights', 'rows', 'rowBytes', 'tile', 'dY', 'yPlane', 'index', 'positions', 'taps', 'tapCount', 'list', 'filters', 'positionCount', 'laneBytes'],
  pooledWeightGradient: ['dWeights', 'rows', 'rowBytes', 'tile', 'dBias', 'dY', 'yPlane', 'index', 'x', 'sampleStride', 'rowStride', 'positions', 'taps', 'tapCount', 'list', 'filters', 'positionCount', 'laneBytes'],
  pow: ['x', 'y'],
  prelu: ['y', 'x', 'weights', 'channels', 'plane'],
  preluGradient: ['dX', 'dY', 'x', 'weights', 'channels', 'plane'],
  preluImage: ['y', 'x', 'weights', 'positions', 'vectors'],
  preluWeightGradient: ['dWeights', 'dY', 'x', 'channels', 'plane'],
  relu: ['y', 'x', 'vectors'],
  reluGradient: ['dX', 'dY', 'y', 'vectors'],
  scale: ['x', 'vectors', 'factor'],
  sgd: ['p', 'g', 'vectors', 'rate', 'decay'],
  sigmoid: ['y', 'x', 'vectors', 'constants'],
  sigmoidGradient: ['dX', 'dY', 'y', 'vectors'],
  sin: ['x'],
  softCrossEntropy: ['dX', 'x', 'labels', 'targets', 'classes', 'laneBytes', 'count', 'smoothing', 'weights', 'result'],
  softmax: ['y', 'x', 'channels', 'plane'],
  softmaxCrossEntropy: ['dX', 'x', 'labels', 'classes', 'laneBytes', 'count', 'scratch', 'weights', 'result'],
  softmaxGradient: ['dX', 'dY', 'y', 'channels', 'plane'],
  sparseInputGradient: ['dX', 'dY', 'weights', 'outputs', 'inputs', 'laneBytes', 'scratch'],
  standardizeBytes: ['y', 'bytes', 'channels', 'vectors', 'scaling'],
  sumShards: ['first', 'shardStride', 'shards', 'vectors', 'divisor'],
  sumSquares: ['result', 'x', 'rowStride', 'rows', 'columns'],
  swapWeights: ['out', 'weights', 'filterStride', 'channelStride', 'filters', 'taps', 'tapCount', 'from', 'to'],
  tanh: ['x'],
  toSamples: ['images', 'sampleStride', 'rowStride', 'columnStride', 'x', 'xPlane', 'channels', 'rows', 'columns', 'laneBytes'],
  toWindowRows: ['windowRows', 'filterStride', 'channelStride', 'rowStride', 'columnStride', 'weights', 'filters', 'channels', 'rows', 'columns'],
  wholeBiasGradient: ['dBias', 'dY', 'yPlane', 'filters', 'divisor'],
  winogradGradient: ['W', 'wPlane', 'dY', 'yPlane', 'filters', 'height', 'width', 'laneBytes', 'scratch'],
  winogradInput: ['V', 'vPlane', 'x', 'xPlane', 'channels', 'height', 'width', 'laneBytes', 'paddingAbove', 'paddingBefore', 'step', 'firstRow', 'tileRows', 'tileColumns', 'scratch'],
  winogradOutput: ['out', 'outPlane', 'M', 'mPlane', 'bias', 'filters', 'height', 'width', 'laneBytes', 'step', 'firstRow', 'tileRows', 'tileColumns', 'relu', 'scratch'],
  winogradProducts: ['M', 'mPlane', 'V', 'vPlane', 'U', 'uPlane', 'outChannels', 'sourceChannels', 'rowBytes'],
  winogradWeightGradient: ['dWeights', 'dU', 'uPlane', 'pairs', 'divisor', 'scratch'],
  winogradWeightProducts: ['dU', 'uPlane', 'W', 'wPlane', 'V', 'vPlane', 'rowBytes', 'filters', 'channels', 'scratch'],
  winogradWeights: ['U', 'uPlane', 'weights', 'weightOutStride', 'weightSourceStride', 'outChannels', 'sourceChannels', 'kernelSize', 'from', 'to', 'turned', 'scratch'],
} as const;

/** The kernels' exports. */
export interface Kernels {
  readonly activate: (y: Address, x: Address, vectors: number, kind: number, parameter: number) => void;
  readonly activateGradient: (dX: Address, dY: Address, x: Address, vectors: number, kind: number, parameter: number) => void;
  readonly adam: (p: Address, g: Address, m: Address, v: Address, vectors: number, step: number, scale: number, beta1: number, rest1: number, beta2: number, rest2: number, epsilon: number, keep: number, coupled: number) => void;
  readonly adaptive: (p: Address, g: Address, h: Address, vectors: number, rate: number, keep: number, gain: number, epsilon: number, decay: number) => void;
  readonly add: (y: Address, a: Address, b: Address, vectors: number, relu: number) => void;
  readonly addRows: (y: Address, yStride: number, x: Address, xStride: number, rows: number, columns: number) => void;
  readonly avgPool: (y: Address, yPlane: number, x: Address, xPlane: number, channels: number, program: Address, divisors: Address) => void;
  readonly avgPoolGradient: (dX: Address, xPlane: number, dY: Address, yPlane: number, channels: number, program: Address, divisors: Address, add: number) => void;
  readonly batchNorm: (y: Address, x: Address, statistics: Address, weight: Address, bias: Address, channels: number, plane: number, relu: number) => void;
  readonly batchNormGradient: (dX: Address, dY: Address, x: Address, statistics: Address, means: Address, weight: Address, channels: number, plane: number, laneBytes: number, count: number) => void;
  readonly batchNormGradientSums: (sums: Address, dWeight: Address, dBias: Address, dY: Address, x: Address, y: Address | 0, statistics: Address, channels: number, plane: number) => void;
  readonly batchNormMeans: (means: Address, sums: Address, shardStride: number, shards: number, channels: number, elements: number) => void;
  readonly batchNormRunning: (statistics: Address, mean: Address, variance: Address, channels: number, epsilon: number) => void;
  readonly batchNormStatistics: (statistics: Address, mean: Address, variance: Address, channels: number, elements: number, epsilon: number, momentum: number) => void;
  readonly batchNormSums: (sums: Address, x: Address, channels: number, plane: number, laneBytes: number, count: number) => void;
  readonly biasGradient: (dBias: Address, dY: Address, yPlane: number, filters: number, vectors: number) => void;
  readonly bilinearInputProducts: (dV: Address, dM: Address, U: Address, uPlane: number, positions: Address, planes: number, filters: number, channels: number, laneBytes: number) => void;
  readonly bilinearProducts: (M: Address, V: Address, U: Address, uPlane: number, positions: Address, planes: number, filters: number, channels: number, laneBytes: number) => void;
  readonly bilinearWeightGradient: (dWeights: Address, dU: Address, uPlane: number, program: Address, pairs: number, divisor: number) => void;
  readonly bilinearWeightProducts: (dU: Address, uPlane: number, dM: Address, V: Address, positions: Address, planes: number, filters: number, channels: number, laneBytes: number, scratch: Address) => void;
  readonly bilinearWeights: (U: Address, uPlane: number, weights: Address, program: Address, planes: number, from: number, to: number, scratch: Address) => void;
  readonly clear: (at: Address, size: number) => void;
  readonly combine: (out: Address, source: Address, program: Address, channels: number, laneBytes: number, bias: Address | 0, relu: number) => void;
  readonly convolve: (out: Address, outPlane: number, source: Address, sourcePlane: number, weights: Address, weightOutStride: number, weightSourceStride: number, bias: Address | 0, outChannels: number, sourceChannels: number, program: Address, relu: number) => void;
  readonly convolveImage: (out: Address, outSample: number, source: Address, sourceSample: number, samples: number, sourcePlane: number, weights: Address, weightPlane: number, bias: Address, filters: number, channels: number, program: Address, pools: number, relu: number) => void;
  readonly convolvePosition: (out: Address, source: Address, sourcePlane: number, weights: Address, weightPlane: number, bias: Address, blocks: number, channels: number, taps: Address, tapCount: number, relu: number) => void;
  readonly convolveWeightGradient: (dWeights: Address, filterStride: number, columnStride: number, dY: Address, yPlane: number, source: Address, offsets: Address, filters: number, columns: number, program: Address, divisor: number, sums: Address) => void;
  readonly copyPlanes: (to: Address, toPlane: number, toRow: number, from: Address, fromPlane: number, fromRow: number, planes: number, rows: number, rowBytes: number) => void;
  readonly cos: (x: number) => number;
  readonly dense: (y: Address, x: Address, weights: Address, bias: Address | 0, outputs: number, inputs: number, laneBytes: number, relu: number) => void;
  readonly denseInputGradient: (dX: Address, dY: Address, weights: Address, outputs: number, inputs: number, laneBytes: number) => void;
  readonly denseWeightGradient: (dWeights: Address, dY: Address, x: Address, laneBytes: number, outputs: number, inputs: number, from: number, to: number, divisor: number, scratch: Address) => void;
  readonly divideRows: (x: Address, rowStride: number, rows: number, columns: number, divisor: number) => void;
  readonly dropoutMask: (mask: Address, positions: number, laneBytes: number, draws: Address, purpose: number, threshold: number, keep: number) => void;
  readonly elementLoss: (dX: Address | 0, x: Address, labels: Address, targets: Address | 0, classes: number, laneBytes: number, count: number, kind: number, delta: number, result: Address) => void;
  readonly exp: (x: number) => number;
  readonly fromSamples: (x: Address, xPlane: number, images: Address, sampleStride: number, rowStride: number, columnStride: number, channels: number, rows: number, columns: number, laneBytes: number) => void;
  readonly fromWindowRows: (weights: Address, windowRows: Address, filterStride: number, channelStride: number, rowStride: number, columnStride: number, filters: number, channels: number, rows: number, columns: number) => void;
  readonly lambDirection: (g: Address, m: Address, v: Address, p: Address, vectors: number, first: number, scale: number, beta1: number, rest1: number, beta2: number, rest2: number, epsilon: number, decay: number) => void;
  readonly loadBytes: (y: Address, bytes: Address, vectors: number) => void;
  readonly localResponseNorm: (y: Address, scale: Address, x: Address, channels: number, plane: number, half: number, alpha: number, beta: number, k: number) => void;
  readonly localResponseNormGradient: (dX: Address, dY: Address, x: Address, y: Address, scale: Address, shares: Address, channels: number, plane: number, half: number, alpha: number, beta: number) => void;
  readonly log: (x: number) => number;
  readonly maxPool: (y: Address, yPlane: number, index: Address, x: Address, xPlane: number, channels: number, program: Address, relu: number) => void;
  readonly maxPoolGradient: (dX: Address, xPlane: number, dY: Address, yPlane: number, index: Address, channels: number, program: Address, add: number) => void;
  readonly minPool: (y: Address, yPlane: number, index: Address, x: Address, xPlane: number, channels: number, program: Address) => void;
  readonly momentum: (p: Address, g: Address, v: Address, vectors: number, rate: number, momentum: number, decay: number) => void;
  readonly multiply: (y: Address, a: Address, b: Address, vectors: number) => void;
  readonly nesterov: (p: Address, g: Address, v: Address, vectors: number, rate: number, momentum: number, decay: number) => void;
  readonly normalizeImage: (y: Address, x: Address, numbers: Address, positions: number, vectors: number, relu: number) => void;
  readonly penalize: (gradient: Address, weights: Address, rowStride: number, rows: number, columns: number, l1: number, l2: number) => void;
  readonly pooledInputGradient: (dX: Address, sampleStride: number, rowStride: number, weights: Address, rows: number, rowBytes: number, tile: number, dY: Address, yPlane: number, index: Address, positions: Address, taps: Address, tapCount: number, list: Address, filters: number, positionCount: number, laneBytes: number) => void;
  readonly pooledWeightGradient: (dWeights: Address, rows: number, rowBytes: number, tile: number, dBias: Address, dY: Address, yPlane: number, index: Address, x: Address, sampleStride: number, rowStride: number, positions: Address, taps: Address, tapCount: number, list: Address, filters: number, positionCount: number, laneBytes: number) => void;
  readonly pow: (x: number, y: number) => number;
  readonly prelu: (y: Address, x: Address, weights: Address, channels: number, plane: number) => void;
  readonly preluGradient: (dX: Address, dY: Address, x: Address, weights: Address, channels: number, plane: number) => void;
  readonly preluImage: (y: Address, x: Address, weights: Address, positions: number, vectors: number) => void;
  readonly preluWeightGradient: (dWeights: Address, dY: Address, x: Address, channels: number, plane: number) => void;
  readonly relu: (y: Address, x: Address, vectors: number) => void;
  readonly reluGradient: (dX: Address, dY: Address, y: Address, vectors: number) => void;
  readonly scale: (x: Address, vectors: number, factor: number) => void;
  readonly sgd: (p: Address, g: Address, vectors: number, rate: number, decay: number) => void;
  readonly sigmoid: (y: Address, x: Address, vectors: number, constants: Address) => void;
  readonly sigmoidGradient: (dX: Address, dY: Address, y: Address, vectors: number) => void;
  readonly sin: (x: number) => number;
  readonly softCrossEntropy: (dX: Address | 0, x: Address, labels: Address, targets: Address | 0, classes: number, laneBytes: number, count: number, smoothing: number, weights: Address | 0, result: Address) => void;
  readonly softmax: (y: Address, x: Address, channels: number, plane: number) => void;
  readonly softmaxCrossEntropy: (dX: Address | 0, x: Address, labels: Address, classes: number, laneBytes: number, count: number, scratch: Address, weights: Address | 0, result: Address) => void;
  readonly softmaxGradient: (dX: Address, dY: Address, y: Address, channels: number, plane: number) => void;
  readonly sparseInputGradient: (dX: Address, dY: Address, weights: Address, outputs: number, inputs: number, laneBytes: number, scratch: Address) => void;
  readonly standardizeBytes: (y: Address, bytes: Address, channels: number, vectors: number, scaling: Address) => void;
  readonly sumShards: (first: Address, shardStride: number, shards: number, vectors: number, divisor: number) => void;
  readonly sumSquares: (result: Address, x: Address, rowStride: number, rows: number, columns: number) => void;
  readonly swapWeights: (out: Address, weights: Address, filterStride: number, channelStride: number, filters: number, taps: Address, tapCount: number, from: number, to: number) => void;
  readonly tanh: (x: number) => number;
  readonly toSamples: (images: Address, sampleStride: number, rowStride: number, columnStride: number, x: Address, xPlane: number, channels: number, rows: number, columns: number, laneBytes: number) => void;
  readonly toWindowRows: (windowRows: Address, filterStride: number, channelStride: number, rowStride: number, columnStride: number, weights: Address, filters: number, channels: number, rows: number, columns: number) => void;
  readonly wholeBiasGradient: (dBias: Address, dY: Address, yPlane: number, filters: number, divisor: number) => void;
  readonly winogradGradient: (W: Address, wPlane: number, dY: Address, yPlane: number, filters: number, height: number, width: number, laneBytes: number, scratch: Address) => void;
  readonly winogradInput: (V: Address, vPlane: number, x: Address, xPlane: number, channels: number, height: number, width: number, laneBytes: number, paddingAbove: number, paddingBefore: number, step: number, firstRow: number, tileRows: number, tileColumns: number, scratch: Address) => void;
  readonly winogradOutput: (out: Address, outPlane: number, M: Address, mPlane: number, bias: Address | 0, filters: number, height: number, width: number, laneBytes: number, step: number, firstRow: number, tileRows: number, tileColumns: number, relu: number, scratch: Address) => void;
  readonly winogradProducts: (M: Address, mPlane: number, V: Address, vPlane: number, U: Address, uPlane: number, outChannels: number, sourceChannels: number, rowBytes: number) => void;
  readonly winogradWeightGradient: (dWeights: Address, dU: Address, uPlane: number, pairs: number, divisor: number, scratch: Address) => void;
  readonly winogradWeightProducts: (dU: Address, uPlane: number, W: Address, wPlane: number, V: Address, vPlane: number, rowBytes: number, filters: number, channels: number, scratch: Address) => void;
  readonly winogradWeights: (U: Address, uPlane: number, weights: Address, weightOutStride: number, weightSourceStride: number, outChannels: number, sourceChannels: number, kernelSize: number, from: number, to: number, turned: number, scratch: Address) => void;
}
