// The positions of a convolution of one sample and the taps that they read, as the kernels take them.
import type { ConvShape } from '../conv2d/geometry.ts';
import type { ImageMap } from './image-map.ts';

/** A position of a map. */
export interface WindowPosition {
  /** Bytes from the first position's window, and from the first output. */
  readonly source: number;
  readonly out: number;
  /** Numbers of the taps that lie in the input. */
  readonly taps: readonly number[];
}

export interface Windows {
  readonly positions: readonly WindowPosition[];
  /** Bytes from where a window starts to each tap. */
  readonly tapOffsets: readonly number[];
}

/** Rows and columns of positions in the order in which tiles take them. */
export type PositionOrder = readonly (readonly [row: number, column: number])[];

/** Row by row. */
export function rowByRow([rows, columns]: readonly [number, number]): PositionOrder {
  return Array.from({ length: rows * columns }, (_, at) => [
    Math.floor(at / columns),
    at % columns,
  ]);
}

/** The four positions of each window of a pooling by 2 × 2, window after window. */
export function windowByWindow(pooled: readonly [number, number]): PositionOrder {
  return rowByRow(pooled).flatMap(([row, column]) =>
    rowByRow([2, 2]).map(([down, right]) => [2 * row + down, 2 * column + right] as const),
  );
}

/** @param outOf Bytes from the first output to that of a position. */
export function convolutionWindows(
  { window, inputSize }: ConvShape,
  { row, column }: ImageMap,
  order: PositionOrder,
  outOf: (row: number, column: number) => number,
): Windows {
  const { kernelSize, stride, padding, dilation } = window;
  const taps = rowByRow(kernelSize);
  const isInside = (position: readonly number[], tap: readonly number[]) =>
    ([0, 1] as const).every((i) => {
      const at = position[i] * stride[i] - padding[i] + tap[i] * dilation[i];
      return at >= 0 && at < inputSize[i];
    });
  return {
    positions: order.map((position) => ({
      source: position[0] * stride[0] * row + position[1] * stride[1] * column,
      out: outOf(...position),
      taps: taps.flatMap((tap, t) => (isInside(position, tap) ? [t] : [])),
    })),
    tapOffsets: taps.map((tap) => tap[0] * dilation[0] * row + tap[1] * dilation[1] * column),
  };
}

/** Numbers of the taps that any position reads. */
export function usedTaps({ positions }: Windows): number[] {
  return joined(positions.map(({ taps }) => taps));
}

function joined(lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** The same for several samples, as positions of one. */
export function ofSamples(
  { positions, tapOffsets }: Windows,
  samples: number,
  sourceSample: number,
  outSample: number,
): Windows {
  const all = Array.from({ length: samples }, (_, n) =>
    positions.map(({ source, out, taps }) => ({
      source: source + n * sourceSample,
      out: out + n * outSample,
      taps,
    })),
  );
  return { positions: all.flat(), tapOffsets };
}

const tileSize = 4;

/**
 * The program of the kernel `convolveImage`. Positions of a tile read all taps that any of them has; where
 * `sharesTaps` is false only positions with the same taps are in one tile.
 *
 * @param used The taps whose weights are stored.
 */
export function tileProgram(
  { positions, tapOffsets }: Windows,
  used: readonly number[],
  sharesTaps: boolean,
): Int32Array {
  const tiles = sharesTaps ? inTiles(positions) : byTaps(positions).flatMap(inTiles);
  const header = 1 + tiles.length * 10;
  const places = new Map(used.map((tap, at) => [tap, at * 32]));
  const tables = new Map<string, number>();
  const tapWords: number[] = [];
  const words = tiles.flatMap((tile) => {
    const taps = joined(tile.map((position) => position.taps));
    const key = taps.join();
    const start = tables.get(key) ?? header + tapWords.length;
    if (!tables.has(key)) {
      tables.set(key, start);
      for (const tap of taps) tapWords.push(tapOffsets[tap], places.get(tap) ?? 0);
    }
    return [
      ...tile.map(({ source }) => source),
      ...tile.map(({ out }) => out),
      start * 4,
      (start + taps.length * 2) * 4,
    ];
  });
  return Int32Array.from([tiles.length, ...words, ...tapWords]);
}

function byTaps(positions: readonly WindowPosition[]): WindowPosition[][] {
  const groups = new Map<string, WindowPosition[]>();
  for (const position of positions) {
    const key = position.taps.join();
    const group = groups.get(key);
    if (group) group.push(position);
    else groups.set(key, [position]);
  }
  return [...groups.values()];
}

/** Four at a time; the last tile overlaps the one before, or repeats its last position. */
function inTiles(positions: readonly WindowPosition[]): WindowPosition[][] {
  const last = positions.length - 1;
  return Array.from({ length: Math.ceil(positions.length / tileSize) }, (_, tile) => {
    const first = Math.max(0, Math.min(tile * tileSize, positions.length - tileSize));
    return Array.from({ length: tileSize }, (_, at) => positions[Math.min(first + at, last)]);
  });
}
