import { call, type Call } from '../calls/call.ts';
import type { ImageContext } from './image-kind.ts';
import { takeImages, type ImageMap } from './image-map.ts';

/** The input with zeros around it: itself where it has enough, else a copy, whose border nothing writes. */
export function withBorder(
  { input: from, arena, samples }: Pick<ImageContext, 'input' | 'arena' | 'samples'>,
  padding: readonly [number, number],
): { readonly input: ImageMap; readonly calls: readonly Call[] } {
  if (from.border[0] >= padding[0] && from.border[1] >= padding[1])
    return { input: from, calls: [] };
  const to = takeImages(arena, from.size, samples, padding);
  const copy = call('copyPlanes', {
    to: to.place,
    toPlane: to.sample,
    toRow: to.row,
    from: from.place,
    fromPlane: from.sample,
    fromRow: from.row,
    planes: samples,
    rows: from.size[1],
    rowBytes: from.size[2] * from.column,
  });
  return { input: to, calls: [copy] };
}
