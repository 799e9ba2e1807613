// Pixels of BMP files, which libvips does not read. Of the packages for it, bmp-ts 1.0.9 takes no notice of where
// the pixels begin and makes 248 of white with 16 bits, fast-bmp 4.0.1 has no palettes, runs or rows from the top.
import { readBmpHeader, type BmpHeader, type ColorMasks } from './bmp-header.ts';
import { unpackRuns } from './bmp-runs.ts';
import type { Source } from './messages.ts';
import type { Pixels } from './pixels.ts';
import { readBytes } from './read-bytes.ts';

/** The picture; throws Error with what is wrong. */
export function decodeBmp(source: Source): Pixels {
  const header = readBmpHeader(source);
  const { width, height, bits, masks } = header;
  const channels = bits > 8 && masks[3] !== 0 ? 4 : 3;
  const readRow = bits <= 8 ? palettedRows(source, header) : maskedRows(source, header, channels);
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const y = header.isTopDown ? row : height - 1 - row;
    readRow(row, data, y * width * channels);
  }
  return { width, height, channels, data };
}

/** Writes a row of the file to a place of the pixels. */
type ReadRow = (row: number, data: Uint8Array, place: number) => void;

/** Rows of whole pixels; each ends at a multiple of four bytes. */
function readRows(source: Source, { width, height, bits, start }: BmpHeader) {
  const stride = 4 * Math.ceil((width * bits) / 32);
  const bytes = readBytes(source, start, stride * height);
  if (bytes.length < stride * height) throw new Error('a file that ends before its pixels');
  return { stride, bytes };
}

function palettedRows(source: Source, header: BmpHeader): ReadRow {
  const { width, height, hasRuns, palette, start } = header;
  // Runs that are longer than twice the pixels have steps alone.
  const runs = () => unpackRuns(readBytes(source, start, 2 * height * (width + 2)), header);
  const { stride, bytes } = hasRuns ? { stride: width, bytes: runs() } : readRows(source, header);
  const bits = hasRuns ? 8 : header.bits;
  return (row, data, place) => {
    for (let x = 0; x < width; x++) {
      const byte = bytes[row * stride + ((x * bits) >> 3)];
      const entry = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
      const color = palette.at(entry);
      if (color === undefined) throw new Error(`entry ${entry} of a palette of ${palette.length}`);
      data.set(color, place + 3 * x);
    }
  };
}

function maskedRows(source: Source, header: BmpHeader, channels: number): ReadRow {
  const { width, bits, masks } = header;
  const { stride, bytes } = readRows(source, header);
  const size = bits / 8;
  const [shifts, most] = [shiftsOf(masks), mostOf(masks)];
  return (row, data, place) => {
    for (let x = 0; x < width; x++) {
      const at = row * stride + x * size;
      let sample = 0;
      for (let k = 0; k < size; k++) sample |= bytes[at + k] << (8 * k);
      for (let c = 0; c < channels; c++) {
        const value = (sample & masks[c]) >>> shifts[c];
        data[place + x * channels + c] = Math.round((value * 255) / most[c]);
      }
    }
  };
}

/** Places of the masks' lowest bits. */
function shiftsOf(masks: ColorMasks): number[] {
  return masks.map((mask) => (mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)));
}

/** The largest value of each colour; a colour without a mask is 0. */
function mostOf(masks: ColorMasks): number[] {
  const shifts = shiftsOf(masks);
  return masks.map((mask, c) => mask >>> shifts[c] || 1);
}
