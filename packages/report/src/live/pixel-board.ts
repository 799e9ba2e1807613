// The positions of a layer's output that a walk goes over: the pixels of one map, or the units of a layer without maps.
import type { Place } from './explain-place.ts';
import type { LayerPixel } from './layer-pixel.ts';

/** Positions in rows, as they are drawn. */
export interface Board {
  readonly isMap: boolean;
  readonly height: number;
  readonly width: number;
  readonly count: number;
}

/** Units in a row; more where there are very many. */
const unitsInRow = 20;

/** The board of a layer's output. */
export function boardOf([channels, height, width]: readonly number[]): Board {
  if (width !== undefined) return { isMap: true, height, width, count: height * width };
  const columns = Math.min(channels, Math.max(unitsInRow, Math.ceil(Math.sqrt(channels))));
  return { isMap: false, height: Math.ceil(channels / columns), width: columns, count: channels };
}

/** The position of a place. */
export function positionOf({ isMap, width }: Board, { map, row, column }: Place): number {
  return isMap ? row * width + column : map;
}

/** The place of a position, on the map of `place`. */
export function placeOn({ isMap, width }: Board, { map }: Place, position: number): Place {
  return isMap
    ? { map, row: Math.floor(position / width), column: position % width }
    : { map: position, row: 0, column: 0 };
}

/** The place on a row and column of the board, kept within it. */
export function placeNear(board: Board, place: Place, row: number, column: number): Place {
  const [y, x] = [clamp(row, board.height), clamp(column, board.width)];
  return placeOn(board, place, Math.min(board.count - 1, y * board.width + x));
}

/** The values of the board that a pixel is on. */
export function valuesOn(board: Board, { place }: LayerPixel, output: Float32Array): Float32Array {
  if (!board.isMap) return output;
  return output.subarray(place.map * board.count, (place.map + 1) * board.count);
}

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}
