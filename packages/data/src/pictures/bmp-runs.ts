import type { BmpHeader } from './bmp-header.ts';

/**
 * Palette entries `[height, width]` of pixels stored as runs: a count and what is repeated, or after a zero the end
 * of a row (0), of all (1), a step to the right and on (2), or a count of pixels that follow one by one.
 */
export function unpackRuns(
  bytes: Uint8Array,
  { width, height, bits }: Pick<BmpHeader, 'width' | 'height' | 'bits'>,
): Uint8Array {
  const entries = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, 0];
  const put = (entry: number) => {
    if (y >= height) throw new Error('runs beyond the last row');
    if (x < width) entries[y * width + x] = entry;
    x++;
  };
  while (at + 1 < bytes.length) {
    const [count, value] = [bytes[at], bytes[at + 1]];
    at += 2;
    if (count > 0) {
      for (let k = 0; k < count; k++) put(bits === 8 ? value : nibble(value, k));
    } else if (value === 0) {
      [x, y] = [0, y + 1];
    } else if (value === 1) {
      return entries;
    } else if (value === 2) {
      [x, y] = [x + (bytes[at] ?? 0), y + (bytes[at + 1] ?? 0)];
      at += 2;
    } else {
      const length = Math.ceil((value * bits) / 8);
      if (at + length > bytes.length) break;
      for (let k = 0; k < value; k++) {
        put(bits === 8 ? bytes[at + k] : nibble(bytes[at + (k >> 1)], k));
      }
      at += length + (length % 2);
    }
  }
  if (y < height) throw new Error('a file that ends before its pixels');
  return entries;
}

/** The upper half of a byte comes first. */
function nibble(byte: number, place: number): number {
  return place % 2 === 0 ? byte >> 4 : byte & 15;
}
