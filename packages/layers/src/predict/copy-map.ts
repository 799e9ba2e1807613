// Between a user's values of a sample, `[channels, rows, columns]`, and a map in the memory.
import { positionsOf, type ImageMap } from './image-map.ts';

/** A map in floats of the whole memory. */
export interface MapInFloats {
  readonly first: number;
  readonly size: ImageMap['size'];
  readonly sample: number;
  readonly row: number;
  readonly column: number;
  readonly channel: number;
  /** Whether a sample's values lie as the user's do. */
  readonly isPlain: boolean;
}

/** @param address Of the map's first value, in bytes. */
export function inFloats(map: ImageMap, address: number): MapInFloats {
  const { size, sample, row, column, channel } = map;
  const isRow = column === 4 || size[2] === 1;
  const isMap = row === size[2] * 4 || size[1] === 1;
  const isPlain = isRow && isMap && (channel === positionsOf(map) * 4 || size[0] === 1);
  return {
    first: address / 4,
    size,
    sample: sample / 4,
    row: row / 4,
    column: column / 4,
    channel: channel / 4,
    isPlain,
  };
}

/** Writes a sample's values from `x`, which begin at `from`, to sample number `sample` of the map. */
export function writeSample(
  floats: Float32Array,
  map: MapInFloats,
  sample: number,
  x: Float32Array,
  from: number,
): void {
  const first = map.first + sample * map.sample;
  const [channels, rows, columns] = map.size;
  if (map.isPlain) {
    floats.set(x.subarray(from, from + channels * rows * columns), first);
    return;
  }
  for (let c = 0; c < channels; c++)
    for (let r = 0; r < rows; r++) {
      let at = first + c * map.channel + r * map.row;
      for (const end = from + columns; from < end; at += map.column) floats[at] = x[from++];
    }
}

/** Reads them into `y`, from `to` on. */
export function readSample(
  floats: Float32Array,
  map: MapInFloats,
  sample: number,
  y: Float32Array,
  to: number,
): void {
  const first = map.first + sample * map.sample;
  const [channels, rows, columns] = map.size;
  for (let c = 0; c < channels; c++)
    for (let r = 0; r < rows; r++) {
      let at = first + c * map.channel + r * map.row;
      for (const end = to + columns; to < end; at += map.column) y[to++] = floats[at];
    }
}
