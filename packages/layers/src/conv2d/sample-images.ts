// The layout for kernels that handle each sample by itself: one image a sample,
// `[row][column][unit]`, in which a row of the window is one run of floats, and weights in such rows.
import type { ConvShape } from './geometry.ts';
import type { MaxPool2dLayer } from '../pool/max-pool2d.ts';

/** A unit is a position's channels, or the rows of the kernel below it as well. Sizes are bytes. */
export interface SampleImages {
  /** Rows of the kernel that a unit holds of each channel: all or one. */
  readonly unitRows: number;
  readonly height: number;
  readonly width: number;
  readonly column: number;
  readonly row: number;
  readonly sample: number;
}

export function toSampleImages(geometry: ConvShape, unitRows: number): SampleImages {
  const { window, inputSize, groupChannels } = geometry;
  const [rowPadding, columnPadding] = window.padding;
  const height = inputSize[0] + 2 * rowPadding - (unitRows - 1) * window.dilation[0];
  const width = inputSize[1] + 2 * columnPadding;
  const column = groupChannels * unitRows * 4;
  const row = width * column;
  return { unitRows, height, width, column, row, sample: height * row };
}

/** With few channels a row of the window is short: then all its rows lie side by side. */
export function unitRowsOf({ window, groupChannels }: ConvShape): number {
  const [height, width] = window.kernelSize;
  const separateBytes = height * tileOf(width * groupChannels).bytes;
  const joinedBytes = tileOf(height * width * groupChannels).bytes;
  return 1.5 * joinedBytes <= separateBytes ? height : 1;
}

/** A filter's weights as rows of the window. Sizes are bytes. */
export interface WindowRows {
  readonly rows: number;
  /** Bytes of a row, filled up to whole tiles and pairs of vectors. */
  readonly row: number;
  /** Vectors that the narrow kernel `addRuns` takes at once. */
  readonly tile: number;
  readonly filter: number;
  /** From channel to channel, row to row and column to column of the kernel. */
  readonly strides: readonly [number, number, number];
}

export function toWindowRows({ window, groupChannels }: ConvShape, unitRows: number): WindowRows {
  const [height, width] = window.kernelSize;
  const unit = groupChannels * unitRows * 4;
  const { tile, bytes: row } = tileOf((width * unit) / 4);
  const rows = height / unitRows;
  return {
    rows,
    row,
    tile,
    filter: rows * row,
    strides: [unitRows * 4, unitRows === 1 ? row : 4, unit],
  };
}

/** Bytes of a run of floats for `addRuns`. */
export function runBytes(floats: number): number {
  return tileOf(floats).bytes;
}

const tiles = [4, 5, 6, 7];

/** Bytes that a wide kernel takes at once: two vectors. */
const pairBytes = 32;

// The fewest loads for an entry: each tile loads the factor and the address once.
function tileOf(floats: number): { readonly tile: number; readonly bytes: number } {
  const cuts = tiles.map((tile) => ({ tile, count: Math.ceil(floats / (4 * tile)) }));
  const loads = ({ tile, count }: (typeof cuts)[number]) => count * (tile + 2);
  const best = cuts.reduce((a, b) => (loads(b) < loads(a) ? b : a));
  const bytes = best.count * best.tile * 16;
  return { tile: best.tile, bytes: Math.ceil(bytes / pairBytes) * pairBytes };
}

/** Byte offsets in an image: of each pooling window, and of each place in one. */
export function poolOffsets(
  { window }: ConvShape,
  pool: MaxPool2dLayer,
  images: SampleImages,
): { readonly positions: Int32Array; readonly places: Int32Array } {
  const { kernelSize, stride, padding } = pool.settings;
  const [, height, width] = pool.outputShape;
  const offsetOf = (row: number, column: number) =>
    row * window.stride[0] * images.row + column * window.stride[1] * images.column;
  const grid = (rows: number, columns: number, offset: (r: number, c: number) => number) =>
    Int32Array.from({ length: rows * columns }, (_, i) =>
      offset(Math.floor(i / columns), i % columns),
    );
  return {
    positions: grid(height, width, (row, column) =>
      offsetOf(row * stride[0] - padding[0], column * stride[1] - padding[1]),
    ),
    places: grid(kernelSize[0], kernelSize[1], offsetOf),
  };
}
