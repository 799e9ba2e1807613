// Which kernels compute a convolution in training: decided here, once, from its shape and from what its
// pass computes after it, never from batch, workers or machine. Evaluation is always direct.
import { elementCount } from '@convbook/core';
import type { ResolvedLayer } from '../calls/resolved.ts';
import { isMaxPool2d, type MaxPool2dLayer } from '../pool/max-pool2d.ts';
import { bilinearScheme, type BilinearScheme } from './bilinear-scheme.ts';
import { toConvShape, type ConvLayer, type ConvShape } from './geometry.ts';
import { runBytes } from './sample-images.ts';
import { winogradSaves, winogradTiles } from './winograd-tiles.ts';

/** How a map is computed. */
export type Way = 'direct' | 'winograd';

export type ConvStrategy = PlainStrategy | BilinearStrategy | PooledStrategy;

/** A convolution whose own map is its output, with or without ReLU. */
export interface PlainStrategy {
  readonly kind: 'plain';
  readonly forward: Way;
  /** By each shard, or from the whole batch. */
  readonly weightGradient: Way | 'whole batch' | 'whole batch winograd';
  readonly inputGradient: Way;
}

/** The same by fewer products, in all directions. */
export interface BilinearStrategy {
  readonly kind: 'bilinear';
  readonly scheme: BilinearScheme;
  readonly forward: 'bilinear';
  /** By each shard, or from the whole batch. */
  readonly weightGradient: 'bilinear' | 'whole batch bilinear';
  readonly inputGradient: 'bilinear';
}

/** A convolution whose map is pooled at once. */
export type PooledStrategy = {
  readonly kind: 'pooled';
  readonly pool: MaxPool2dLayer;
  readonly forward: Way;
} & PooledGradients;

/** `maxima` visits only the windows' maxima, the others every position of the map. */
type PooledGradients =
  | { readonly weightGradient: 'maxima'; readonly inputGradient: Way | 'maxima' }
  | { readonly weightGradient: 'direct'; readonly inputGradient: Way };

export function strategyOf(conv: ConvLayer, followedBy: readonly ResolvedLayer[]): ConvStrategy {
  const shape = toConvShape(conv);
  const pool = followedBy.find(isMaxPool2d);
  const scheme = pool ? null : bilinearScheme(shape);
  if (scheme) return bilinearStrategy(conv, shape, scheme);
  const forward = winogradSaves(shape, 'forward') ? 'winograd' : 'direct';
  const inputGradient = winogradSaves(shape, 'inputGradient') ? 'winograd' : 'direct';
  if (!pool) {
    const weightGradient = plainWeightGradient(conv, shape, forward);
    return { kind: 'plain', forward, weightGradient, inputGradient };
  }
  return { kind: 'pooled', pool, forward, ...pooledGradients(shape, pool, inputGradient) };
}

function bilinearStrategy(
  conv: ConvLayer,
  shape: ConvShape,
  scheme: BilinearScheme,
): BilinearStrategy {
  const weightGradient = isFromWholeBatch(conv, shape) ? 'whole batch bilinear' : 'bilinear';
  return {
    kind: 'bilinear',
    scheme,
    forward: 'bilinear',
    weightGradient,
    inputGradient: 'bilinear',
  };
}

/** Places of a pooling window that the kernels which visit maxima can tell apart. */
const mostPlaces = 64;

// The kernels that visit maxima need each row of the window as one run of floats.
function pooledGradients(shape: ConvShape, pool: MaxPool2dLayer, way: Way): PooledGradients {
  const [rows, columns] = pool.settings.kernelSize;
  if (shape.window.dilation[1] > 1 || rows * columns > mostPlaces) {
    return { weightGradient: 'direct', inputGradient: way };
  }
  const inputGradient = maximaAreFewer(shape, pool) ? 'maxima' : way;
  return { weightGradient: 'maxima', inputGradient };
}

/**
 * From this many weights for each value of a sample's maps, the gradient is computed from the whole
 * batch: then keeping the maps of a batch of 100 costs less than a copy of the gradient for each shard,
 * and both stay in the cache.
 */
const weightsPerValue = 16;

/** With fewer tiles of a map, a shard's sums are too short to pay for Winograd's transforms. */
const fewestTiles = 4;

function plainWeightGradient(
  conv: ConvLayer,
  shape: ConvShape,
  forward: Way,
): PlainStrategy['weightGradient'] {
  // The rounding error of 5 × 5 would be ten times that of 3 × 3.
  const isWinograd = forward === 'winograd' && shape.window.kernelSize[0] === 3;
  if (isFromWholeBatch(conv, shape)) {
    return isWinograd ? 'whole batch winograd' : 'whole batch';
  }
  return isWinograd && winogradTiles(shape) >= fewestTiles ? 'winograd' : 'direct';
}

function isFromWholeBatch(conv: ConvLayer, shape: ConvShape): boolean {
  const values = elementCount(conv.inputShape) + elementCount(conv.outputShape);
  const weights = shape.filters * shape.groupChannels * shape.taps;
  return shape.groups === 1 && weights >= weightsPerValue * values;
}

// Whether the input's gradient is less work from the maxima than over every position of the map.
function maximaAreFewer(shape: ConvShape, pool: MaxPool2dLayer): boolean {
  const { groupChannels, window, outputSize } = shape;
  const [, height, width] = pool.outputShape;
  const row = groupChannels * window.kernelSize[1];
  return height * width * runBytes(row) <= 2 * outputSize[0] * outputSize[1] * row;
}
