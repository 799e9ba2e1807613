// The positions of a convolution of one sample and the taps that they read.
import type { ConvShape } from '../conv2d/geometry.ts';
import type { ImageMap } from './image-map.ts';

/** Numbers of taps, ascending. Positions that read the same taps have the same list. */
export type Taps = readonly number[];

/** A position of a map. */
export interface WindowPosition {
  /** Bytes from the first position's window, and from the first output. */
  readonly source: number;
  readonly out: number;
  /** The taps that lie in the input. */
  readonly taps: Taps;
}

export interface Windows {
  readonly positions: readonly WindowPosition[];
  /** Bytes from where a window starts to each tap. */
  readonly tapOffsets: readonly number[];
}

type Position = readonly [row: number, column: number];

/** Positions in the order in which tiles take them. */
export type PositionOrder = readonly Position[];

/** Row by row. */
export function rowByRow([rows, columns]: readonly [number, number]): PositionOrder {
  return Array.from({ length: rows * columns }, (_, at) => {
    return [Math.floor(at / columns), at % columns] as const;
  });
}

/** The four positions of each window of a pooling by 2 × 2, window after window. */
export function windowByWindow(pooled: readonly [number, number]): PositionOrder {
  const inside = rowByRow([2, 2]);
  return rowByRow(pooled).flatMap(([row, column]) =>
    inside.map(([down, right]) => [2 * row + down, 2 * column + right] as const),
  );
}

/** @param outOf Bytes from the first output to that of a position. */
export function convolutionWindows(
  shape: ConvShape,
  { row, column }: ImageMap,
  order: PositionOrder,
  outOf: (row: number, column: number) => number,
): Windows {
  const { kernelSize, stride, dilation } = shape.window;
  const tapsOf = tapLists(shape);
  return {
    positions: order.map(([r, c]) => {
      const source = r * stride[0] * row + c * stride[1] * column;
      return { source, out: outOf(r, c), taps: tapsOf(r, c) };
    }),
    tapOffsets: rowByRow(kernelSize).map(
      ([r, c]) => r * dilation[0] * row + c * dilation[1] * column,
    ),
  };
}

/** A position's list of taps: one list for all positions whose rows and columns of taps are the same. */
function tapLists(shape: ConvShape): (row: number, column: number) => Taps {
  const [rows, columns] = [axisTaps(shape, 0), axisTaps(shape, 1)];
  const [, width] = shape.window.kernelSize;
  const lists = rows.lists.map((down) =>
    columns.lists.map((across) => down.flatMap((i) => across.map((j) => i * width + j))),
  );
  return (r, c) => lists[rows.listOf[r]][columns.listOf[c]];
}

/** The rows or columns of the kernel that lie in the input: the lists there are, and which one each output has. */
function axisTaps({ window, inputSize, outputSize }: ConvShape, axis: 0 | 1) {
  const kernel = Array.from({ length: window.kernelSize[axis] }, (_, tap) => tap);
  const numbers = new Map<string, number>();
  const lists: number[][] = [];
  const listOf = Array.from({ length: outputSize[axis] }, (_, output) => {
    const start = output * window.stride[axis] - window.padding[axis];
    const taps = kernel.filter((tap) => {
      const at = start + tap * window.dilation[axis];
      return at >= 0 && at < inputSize[axis];
    });
    const number = numbers.get(taps.join()) ?? lists.push(taps) - 1;
    numbers.set(taps.join(), number);
    return number;
  });
  return { lists, listOf };
}

/** The taps that any position reads. */
export function usedTaps({ positions }: Windows): Taps {
  return joinTaps(positions);
}

/** The taps that any of some positions reads. */
export function joinTaps(positions: readonly WindowPosition[]): Taps {
  const [{ taps: first }] = positions;
  if (positions.every(({ taps }) => taps === first)) return first;
  const lists = new Set(positions.map(({ taps }) => taps));
  return [...new Set([...lists].flat())].sort((a, b) => a - b);
}

/** The same for several samples, as positions of one. */
export function ofSamples(
  { positions, tapOffsets }: Windows,
  samples: number,
  sourceSample: number,
  outSample: number,
): Windows {
  const all = Array.from({ length: samples }, (_, n) =>
    positions.map(({ source, out, taps }) => {
      return { source: source + n * sourceSample, out: out + n * outSample, taps };
    }),
  );
  return { positions: all.flat(), tapOffsets };
}
