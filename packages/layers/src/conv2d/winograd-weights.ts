// The weights as Winograd's products need them, transformed once a step, before any shard: as they are
// for the forward pass, turned by half a turn for the input's gradient.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import { toConvShape, type ConvSettings, type ConvShape } from './geometry.ts';
import type { ConvStrategy } from './strategy.ts';
import { prepareItems, prepareParts, weightPlane } from './prepare-parts.ts';
import { planes } from './winograd-tiles.ts';

/** Bytes of scratch of one item. */
const itemScratchBytes = 512;

/** Bytes of the transformed weights and scratch, for both directions. */
export function winogradPreparedBytes(shape: ConvShape): number {
  return 2 * transformedBytes(shape);
}

function transformedBytes(shape: ConvShape): number {
  return planes * weightPlane(shape) + prepareItems * itemScratchBytes;
}

/** Where the weights for the input's gradient lie: after those for the forward pass. */
export function turnedWeights(shape: ConvShape, prepared: Place): Place {
  return after(prepared, transformedBytes(shape));
}

export function winogradPrepareCalls(
  context: TrainingContext<ConvSettings>,
  strategy: ConvStrategy,
): Call[] {
  const shape = toConvShape(context.layer);
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
  return prepareParts(outChannels).map(([from, to], item) =>
    call('winogradWeights', {
      U,
      uPlane,
      weights: parameter('weight'),
      weightOutStride,
      weightSourceStride,
      outChannels,
      sourceChannels,
      kernelSize: window.kernelSize[0],
      from,
      to,
      turned: turned ? 1 : 0,
      scratch: after(U, planes * uPlane + item * itemScratchBytes),
    }),
  );
}
