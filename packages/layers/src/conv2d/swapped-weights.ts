// The weights in the order in which the input's gradient reads them, without the taps that it never reads, copied
// once a step, before any shard: where weights outweigh maps, each shard would read a line of cache for each few
// weights (3 × 3 taps, 512 × 512 channels, one position: 18 → 43 GFLOP/s).
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { WeightOrder } from './direct.ts';
import { toConvShape, type ConvSettings, type ConvShape } from './geometry.ts';
import type { ConvStrategy } from './strategy.ts';
import { prepareParts } from './prepare-parts.ts';
import { usedTaps } from './tap-program.ts';

/** Whether weights outweigh maps and the input's gradient reads them as they are. */
export function swapsWeights({ forward, weightGradient, inputGradient }: ConvStrategy): boolean {
  const isDirect = forward === 'direct' && inputGradient === 'direct';
  return isDirect && weightGradient === 'whole batch';
}

/** Bytes of the copy; never 0, even where padding is all that the kernel reads. */
export function swappedBytes(shape: ConvShape): number {
  return shape.channels * shape.filters * Math.max(1, usedTaps(shape).length) * 4;
}

export function swapCalls(context: TrainingContext<ConvSettings>): Call[] {
  if (context.inputGradient === null) return [];
  const { batch, parameter, tables, layer } = context;
  const shape = toConvShape(layer);
  const { filters, channels, filterBytes } = shape;
  const used = usedTaps(shape);
  const taps = tables.place(Int32Array.from(used, (tap) => tap * 4));
  return prepareParts(channels).map(([from, to]) =>
    call('swapWeights', {
      out: batch.prepared(),
      weights: parameter('weight'),
      filterStride: filterBytes,
      channelStride: shape.taps * 4,
      filters,
      taps,
      tapCount: used.length,
      from,
      to,
    }),
  );
}

export function swappedOrder(shape: ConvShape, weights: Place): WeightOrder {
  const used = usedTaps(shape);
  const filterStride = used.length * 4;
  const places = Array.from({ length: shape.taps }, (_, tap) => used.indexOf(tap));
  return { weights, channelStride: shape.filters * filterStride, filterStride, places };
}
