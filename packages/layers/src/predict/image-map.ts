// Values of a layer as images, `[sample][row][column][channel]`: a vector holds four channels of one position. The
// channels of a position are filled up to whole pairs of vectors; what lies there is no value.
import { elementCount, type Shape } from '@convbook/core';
import type { Allocator } from '../calls/allocator.ts';
import { after, type Place } from '../calls/place.ts';

/** Where values lie; distances in bytes. */
export interface ImageMap {
  /** The first value; the border lies before it. */
  readonly place: Place;
  /** Channels, rows and columns. */
  readonly size: ImageSize;
  readonly sample: number;
  readonly row: number;
  readonly column: number;
  readonly channel: number;
  /** Rows and columns of zeros around it. */
  readonly border: readonly [number, number];
}

export type ImageSize = readonly [channels: number, rows: number, columns: number];

export const noBorder: ImageMap['border'] = [0, 0];

/** Channels of a position with those that fill it up. */
export function paddedChannels(channels: number): number {
  return Math.ceil(channels / 8) * 8;
}

/** A vector is an image of one position. */
export function sizeOf([channels, rows = 1, ...columns]: Shape): ImageSize {
  return [channels, rows, elementCount(columns)];
}

export function positionsOf({ size }: Pick<ImageMap, 'size'>): number {
  return size[1] * size[2];
}

/** Bytes of a position of an image. */
export function positionBytes({ size }: Pick<ImageMap, 'size'>): number {
  return paddedChannels(size[0]) * 4;
}

/** Room for images; kernels that take four positions at once may pass their end by three. */
export function takeImages(
  arena: Allocator,
  size: ImageSize,
  samples: number,
  border: ImageMap['border'] = noBorder,
): ImageMap {
  const column = paddedChannels(size[0]) * 4;
  const row = (size[2] + 2 * border[1]) * column;
  const sample = (size[1] + 2 * border[0]) * row;
  const place = arena.take(samples * sample + 3 * column);
  return {
    place: after(place, border[0] * row + border[1] * column),
    size,
    sample,
    row,
    column,
    channel: 4,
    border,
  };
}

/** Room for images channel by channel, as a user gives them: only convolutions read these. */
export function takePlanes(
  arena: Allocator,
  size: ImageSize,
  samples: number,
  border: ImageMap['border'],
): ImageMap {
  const row = (size[2] + 2 * border[1]) * 4;
  const channel = (size[1] + 2 * border[0]) * row;
  const sample = size[0] * channel;
  const place = after(arena.take(samples * sample), border[0] * row + border[1] * 4);
  return { place, size, sample, row, column: 4, channel, border };
}

/** Vectors of all samples of an image without a border. */
export function vectorsOf({ sample }: ImageMap, samples: number): number {
  return (samples * sample) / 16;
}
