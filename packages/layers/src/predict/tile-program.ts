// The program of the kernel `convolveImage`; its layout is in packages/core/assembly/convolve-image.ts.
import { joinTaps, type Taps, type WindowPosition, type Windows } from './windows.ts';

const tileSize = 4;
const tileWords = 10;

/**
 * Positions of a tile read all taps that any of them has; where `sharesTaps` is false only positions with the same
 * taps are in one tile.
 *
 * @param used The taps whose weights are stored.
 */
export function tileProgram(
  { positions, tapOffsets }: Windows,
  used: Taps,
  sharesTaps: boolean,
): Int32Array {
  const tiles = sharesTaps ? inTiles(positions) : byTaps(positions).flatMap(inTiles);
  const table = new TapTable(1 + tiles.length * tileWords, tapOffsets, used);
  const words = [tiles.length];
  for (const tile of tiles) {
    for (const { source } of tile) words.push(source);
    for (const { out } of tile) words.push(out);
    const [start, end] = table.place(joinTaps(tile));
    words.push(start, end);
  }
  return Int32Array.from(words.concat(table.words));
}

/** The taps of tiles, each list once. */
class TapTable {
  readonly words: number[] = [];
  readonly #start: number;
  readonly #tapOffsets: readonly number[];
  /** Where the weights of a tap are. */
  readonly #weights: ReadonlyMap<number, number>;
  readonly #places = new Map<Taps | string, readonly [number, number]>();

  constructor(start: number, tapOffsets: readonly number[], used: Taps) {
    this.#start = start;
    this.#tapOffsets = tapOffsets;
    this.#weights = new Map(used.map((tap, at) => [tap, at * 32]));
  }

  /** Start and end of a list, in bytes. */
  place(taps: Taps): readonly [number, number] {
    const known = this.#places.get(taps);
    if (known) return known;
    const key = taps.join();
    const place = this.#places.get(key) ?? this.#add(taps);
    this.#places.set(taps, place).set(key, place);
    return place;
  }

  #add(taps: Taps): readonly [number, number] {
    const start = this.#start + this.words.length;
    for (const tap of taps) this.words.push(this.#tapOffsets[tap], this.#weights.get(tap) ?? 0);
    return [start * 4, (start + taps.length * 2) * 4];
  }
}

function byTaps(positions: readonly WindowPosition[]): WindowPosition[][] {
  const groups = new Map<Taps, WindowPosition[]>();
  for (const position of positions) {
    const group = groups.get(position.taps);
    if (group) group.push(position);
    else groups.set(position.taps, [position]);
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
