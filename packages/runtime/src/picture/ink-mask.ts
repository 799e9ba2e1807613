import type { Plane } from '@convbook/core/pictures';

/** Which pixels are ink, row by row: 1 or 0. */
export interface InkMask {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}

/** Ink that hangs together, by sides and corners. */
export interface Piece {
  /** Its pixels, as places in the mask. */
  readonly places: readonly number[];
  readonly box: Box;
}

/** A rectangle of pixels, both ends inside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The pixels whose value is above a threshold. */
export function maskOf({ width, height, values }: Plane, above: number): InkMask {
  return { width, height, bits: Uint8Array.from(values, (value) => (value > above ? 1 : 0)) };
}

/** All pieces, the largest first. */
export function piecesOf({ width, height, bits }: InkMask): Piece[] {
  const left = bits.slice();
  const pieces: Piece[] = [];
  left.forEach((bit, start) => {
    if (bit === 0) return;
    const places = [start];
    left[start] = 0;
    for (let k = 0; k < places.length; k++) {
      const [x, y] = [places[k] % width, Math.floor(places[k] / width)];
      for (let toY = Math.max(0, y - 1); toY <= Math.min(height - 1, y + 1); toY++) {
        for (let toX = Math.max(0, x - 1); toX <= Math.min(width - 1, x + 1); toX++) {
          const to = toY * width + toX;
          if (left[to] === 0) continue;
          left[to] = 0;
          places.push(to);
        }
      }
    }
    pieces.push({ places, box: boxOf(places, width) });
  });
  return pieces.sort((a, b) => b.places.length - a.places.length);
}

/** The smallest box around some places. */
export function boxOf(places: readonly number[], width: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (const place of places) {
    const [x, y] = [place % width, Math.floor(place / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, right, bottom };
}

/** Columns and rows of a box. */
export function sidesOf({ left, top, right, bottom }: Box): { width: number; height: number } {
  return { width: right - left + 1, height: bottom - top + 1 };
}

/** Whether a box reaches the border of a picture, or a pixel beside it. */
export function isAtBorder(
  { left, top, right, bottom }: Box,
  { width, height }: Pick<InkMask, 'width' | 'height'>,
): boolean {
  return left <= 1 || top <= 1 || right >= width - 2 || bottom >= height - 2;
}
