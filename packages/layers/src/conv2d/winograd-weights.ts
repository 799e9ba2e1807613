// The weights as Winograd's products need them, transformed once a step, before any shard: as they are
// for the forward pass, turned by half a turn for the input's gradient.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import { bilinearPrepareCalls, bilinearPreparedBytes } from './bilinear-weights.ts';
import { toConvShape, type ConvSettings, type ConvShape } from './geometry.ts';
import type { ConvStrategy } from './strategy.ts';
import { swapCalls, swappedBytes, swapsWeights } from './swapped-weights.ts';
import { planes, planeStride } from './winograd-tiles.ts';

const prepareItems = 4;
/** Bytes of scratch of one item. */
const itemScratchBytes = 512;

/** Bytes of the transformed weights and scratch, for both directions, or of swapped ones; 0 where none is needed. */
export function preparedBytes(shape: ConvShape, strategy: ConvStrategy): number {
  if (strategy.kind === 'bilinear') return bilinearPreparedBytes(shape, strategy.scheme);
  if (swapsWeights(strategy)) return swappedBytes(shape);
  const isUsed = strategy.forward === 'winograd' || strategy.inputGradient === 'winograd';
  return isUsed ? 2 * transformedBytes(shape) : 0;
}

function transformedBytes(shape: ConvShape): number {
  return planes * weightPlane(shape) + prepareItems * itemScratchBytes;
}

/** Bytes from a plane of transformed weights to the next. */
export function weightPlane({ filters, channels }: ConvShape): number {
  return planeStride(filters * channels * 4);
}

/** Where the weights for the input's gradient lie: after those for the forward pass. */
export function turnedWeights(shape: ConvShape, prepared: Place): Place {
  return after(prepared, transformedBytes(shape));
}

export function prepareCalls(
  context: TrainingContext<ConvSettings>,
  strategy: ConvStrategy,
): Call[] {
  if (swapsWeights(strategy)) return swapCalls(context);
  const shape = toConvShape(context.layer);
  if (strategy.kind === 'bilinear') return bilinearPrepareCalls(context, shape, strategy.scheme);
  const needsTurned = context.inputGradient !== null && strategy.inputGradient === 'winograd';
  return [
    ...(strategy.forward === 'winograd' ? transformCalls(context, shape, false) : []),
    ...(needsTurned ? transformCalls(context, shape, true) : []),
  ];
}

function transformCalls(
  { batch, parameter }: TrainingContext,
  shape: ConvShape,
  turned: boolean,
): Call[] {
  const { filters, channels, filterBytes, taps, window } = shape;
  const prepared = batch.prepared();
  const U = turned ? turnedWeights(shape, prepared) : prepared;
  const uPlane = weightPlane(shape);
  const [outChannels, sourceChannels] = turned ? [channels, filters] : [filters, channels];
  const [weightOutStride, weightSourceStride] = turned
    ? [taps * 4, filterBytes]
    : [filterBytes, taps * 4];
  return Array.from({ length: prepareItems }, (_, item) =>
    call('winogradWeights', {
      U,
      uPlane,
      weights: parameter('weight'),
      weightOutStride,
      weightSourceStride,
      outChannels,
      sourceChannels,
      kernelSize: window.kernelSize[0],
      from: partOf(outChannels, item),
      to: partOf(outChannels, item + 1),
      turned: turned ? 1 : 0,
      scratch: after(U, planes * uPlane + item * itemScratchBytes),
    }),
  );
}

function partOf(count: number, item: number): number {
  return Math.floor((count * item) / prepareItems);
}
