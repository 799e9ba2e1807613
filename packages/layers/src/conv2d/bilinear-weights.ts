// The weights of a bilinear convolution, transformed once a step, before any shard.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { after } from '../calls/place.ts';
import { weightsProgram } from './bilinear-program.ts';
import type { BilinearScheme } from './bilinear-scheme.ts';
import type { ConvShape } from './geometry.ts';
import { planeStride } from './winograd-tiles.ts';

const prepareItems = 4;
/** Bytes of scratch of one item: a vector for each tap. */
const itemScratchBytes = 192;

/** Bytes from a plane of the transformed weights to the next. */
export function weightPlane({ filters, channels }: ConvShape): number {
  return planeStride(filters * channels * 4);
}

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
  return Array.from({ length: prepareItems }, (_, item) =>
    call('bilinearWeights', {
      U,
      uPlane,
      weights: parameter('weight'),
      program,
      planes,
      from: Math.floor((pairs * item) / prepareItems),
      to: Math.floor((pairs * (item + 1)) / prepareItems),
      scratch: after(U, planes * uPlane + item * itemScratchBytes),
    }),
  );
}
