import { call, type Call } from '../calls/call.ts';
import { after } from '../calls/place.ts';
import type { ImageContext } from './image-kind.ts';
import { positionsOf, takeImages, type ImageMap } from './image-map.ts';

/**
 * The values as a vector of each sample, channel by channel, where the layer takes vectors and `input` is a map; else
 * itself. Only dense layers read a map as the vector that flatten makes of it.
 */
export function asVector(
  input: ImageMap,
  { layer, samples, arena }: Pick<ImageContext, 'layer' | 'samples' | 'arena'>,
): { readonly map: ImageMap; readonly calls: readonly Call[] } {
  const { spec, inputShape } = layer;
  if (spec.kind === 'dense' || inputShape.length > 1 || positionsOf(input) === 1) {
    return { map: input, calls: [] };
  }
  const [channels, rows, columns] = input.size;
  const map = takeImages(arena, [inputShape[0], 1, 1], samples);
  const copy = (sample: number) =>
    call('fromWindowRows', {
      weights: after(map.place, sample * map.sample),
      windowRows: after(input.place, sample * input.sample),
      filterStride: 0,
      channelStride: input.channel,
      rowStride: input.row,
      columnStride: input.column,
      filters: 1,
      channels,
      rows,
      columns,
    });
  return { map, calls: Array.from({ length: samples }, (_, sample) => copy(sample)) };
}
