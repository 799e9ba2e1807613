// A convolution whose map is pooled at once, with or without ReLU, and never kept.
import { includesRelu } from '../activations/relu.ts';
import type { Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import { isFrozen } from '../calls/resolved.ts';
import { maxPoolCalls, type PoolCalls } from '../pool/extreme-calls.ts';
import type { MaxPool2dLayer } from '../pool/max-pool2d.ts';
import {
  convolveCall,
  directWeightGradientCalls,
  groupRanges,
  type FilterRange,
} from './direct.ts';
import { filterTile } from './filter-parts.ts';
import type { ConvGeometry } from './geometry.ts';
import { maximaInputGradientCalls, maximaWeightGradientCalls } from './maxima.ts';
import { biasGradientCalls, inputGradientCalls } from './plain.ts';
import type { PooledStrategy } from './strategy.ts';
import { winogradForwardCalls } from './winograd-pass.ts';

/** The pooling, and where it leaves the index of each window's maximum. */
interface Pooling {
  readonly calls: PoolCalls;
  readonly index: Place;
}

function takePooling(
  context: EvaluationContext,
  geometry: ConvGeometry,
  pool: MaxPool2dLayer,
): Pooling {
  const calls = maxPoolCalls(pool, context);
  return { calls, index: context.arena.take(geometry.filters * calls.indexPlane) };
}

export function evaluatePooled(
  context: EvaluationContext,
  geometry: ConvGeometry,
  pool: MaxPool2dLayer,
): Call[] {
  return directForwardCalls(context, geometry, takePooling(context, geometry, pool));
}

export function trainPooled(
  context: TrainingContext,
  geometry: ConvGeometry,
  strategy: PooledStrategy,
): TrainingCalls {
  const pooling = takePooling(context, geometry, strategy.pool);
  const forward =
    strategy.forward === 'winograd'
      ? winogradPooledCalls(context, geometry, pooling)
      : directForwardCalls(context, geometry, pooling);
  return { forward, ...backwardCalls(context, geometry, strategy, pooling) };
}

// A block of filters at a time, so that its map is still in cache when it is pooled.
function directForwardCalls(
  context: EvaluationContext,
  geometry: ConvGeometry,
  { calls, index }: Pooling,
): Call[] {
  const { arena, output, followedBy } = context;
  const hasRelu = includesRelu(followedBy);
  const most = Math.min(filterTile, geometry.groupFilters);
  const [map] = arena.borrow(most * geometry.outputPlane);
  return groupRanges(geometry)
    .flatMap(filterBlocks)
    .flatMap(({ first, count }) => [
      convolveCall(context, geometry, { first, count }, map, false),
      calls.forward({
        y: after(output, first * calls.outputPlane),
        index: after(index, first * calls.indexPlane),
        x: map,
        channels: count,
        hasRelu,
      }),
    ]);
}

// Tiles of the kernel: four filters, two where two are left; a rest of one or three overlaps the
// block before and writes the same values again.
function filterBlocks({ first, count: filters }: FilterRange): FilterRange[] {
  return Array.from({ length: Math.ceil(filters / filterTile) }, (_, block) => {
    const start = block * filterTile;
    const left = filters - start;
    if (left >= filterTile || left === 2 || filters < filterTile) {
      return { first: first + start, count: Math.min(filterTile, left) };
    }
    return { first: first + filters - filterTile, count: filterTile };
  });
}

function winogradPooledCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  { calls, index }: Pooling,
): Call[] {
  const { arena, output: y, followedBy } = context;
  const { filters: channels, outputPlane } = geometry;
  const mark = arena.mark();
  const x = arena.take(channels * outputPlane);
  const convolution = winogradForwardCalls(context, geometry, x, false);
  arena.release(mark);
  const hasRelu = includesRelu(followedBy);
  return [...convolution, calls.forward({ y, index, x, channels, hasRelu })];
}

function backwardCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  strategy: PooledStrategy,
  pooling: Pooling,
): Pick<TrainingCalls, 'weightGradient' | 'inputGradient'> {
  switch (strategy.weightGradient) {
    case 'maxima':
      return {
        weightGradient: isFrozen(context.layer)
          ? []
          : maximaWeightGradientCalls(context, geometry, strategy.pool, pooling.index),
        inputGradient: inputAfterMaxima(context, geometry, strategy, pooling),
      };
    case 'direct':
      return withMapGradient(context, geometry, pooling, (gradient, spread) => ({
        weightGradient: [
          ...spread,
          ...(isFrozen(context.layer)
            ? []
            : [
                ...directWeightGradientCalls(context, geometry, gradient),
                ...biasGradientCalls(context, geometry, gradient),
              ]),
        ],
        inputGradient: inputGradientCalls(context, geometry, strategy.inputGradient, gradient),
      }));
    default:
      return strategy satisfies never;
  }
}

function inputAfterMaxima(
  context: TrainingContext,
  geometry: ConvGeometry,
  { inputGradient: way, pool }: PooledStrategy,
  pooling: Pooling,
): Call[] {
  const { inputGradient } = context;
  if (!inputGradient) return [];
  if (way === 'maxima') {
    return maximaInputGradientCalls(context, geometry, pool, pooling.index, inputGradient);
  }
  return withMapGradient(context, geometry, pooling, (gradient, spread) => [
    ...spread,
    ...inputGradientCalls(context, geometry, way, gradient),
  ]);
}

// The gradient of the whole map, most of it zeros, is in scratch for as long as `use` plans with it;
// `spread` are the calls that make it.
function withMapGradient<Result>(
  { arena, outputGradient: dY }: TrainingContext,
  { filters: channels, outputPlane }: ConvGeometry,
  { calls, index }: Pooling,
  use: (gradient: Place, spread: readonly Call[]) => Result,
): Result {
  const mark = arena.mark();
  const dX = arena.take(channels * outputPlane);
  const result = use(dX, calls.backward({ dX, dY, index, channels }));
  arena.release(mark);
  return result;
}
