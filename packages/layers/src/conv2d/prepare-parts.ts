import { planeStride } from './winograd-tiles.ts';
import type { ConvShape } from './geometry.ts';

/** Items in which weights are made ready before a step's shards. */
export const prepareItems = 4;

/** `[from, to)` parts of `count`: an item each. */
export function prepareParts(count: number): [from: number, to: number][] {
  const start = (item: number) => Math.floor((count * item) / prepareItems);
  return Array.from({ length: prepareItems }, (_, item) => [start(item), start(item + 1)]);
}

/** Bytes from a plane of transformed weights, or of their gradient, to the next. */
export function weightPlane({
  filters,
  channels,
}: Pick<ConvShape, 'filters' | 'channels'>): number {
  return planeStride(filters * channels * 4);
}
