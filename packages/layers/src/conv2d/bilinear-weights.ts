// The weights of a bilinear convolution, transformed once a step, before any shard.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { after } from '../calls/place.ts';
import { weightsProgram } from './bilinear-program.ts';
import type { BilinearScheme } from './bilinear-scheme.ts';
import type { ConvShape } from './geometry.ts';
import { prepareItems, prepareParts, weightPlane } from './prepare-parts.ts';

/** Bytes of scratch of one item: a vector for each tap. */
const itemScratchBytes = 192;

/** Bytes of the transformed weights and scratch. */
export function bilinearPreparedBytes(shape: ConvShape, { taps }: BilinearScheme): number {
  return taps.length * weightPlane(shape) + prepareItems * itemScratchBytes;
}

export function bilinearPrepareCalls(
  { batch, parameter, tables }: TrainingContext,
  shape: ConvShape,
  scheme: BilinearScheme,
): Call[] {
  const U = batch.prepared();
  const uPlane = weightPlane(shape);
  const planes = scheme.taps.length;
  const program = tables.place(weightsProgram(scheme));
  const pairs = shape.filters * shape.channels;
  return prepareParts(pairs).map(([from, to], item) =>
    call('bilinearWeights', {
      U,
      uPlane,
      weights: parameter('weight'),
      program,
      planes,
      from,
      to,
      scratch: after(U, planes * uPlane + item * itemScratchBytes),
    }),
  );
}
