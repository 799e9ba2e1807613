// The header of a BMP file (https://learn.microsoft.com/windows/win32/gdi/bitmap-storage): of OS/2 with 12 bytes,
// of Windows with 40 and more.
import type { Source } from './messages.ts';
import { readBytes } from './read-bytes.ts';

/** Bits of a sample that are a colour's. */
export type ColorMasks = readonly [red: number, green: number, blue: number, alpha: number];

/** How the pixels of a BMP file lie in it. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Whether the first row is the upper one. */
  readonly isTopDown: boolean;
  /** Of a pixel: 1, 4 or 8 with a palette, 16, 24 or 32 with masks. */
  readonly bits: number;
  /** Whether equal pixels are counted: 4 or 8 bits. */
  readonly hasRuns: boolean;
  /** Red, green, blue of each entry. */
  readonly palette: readonly (readonly [number, number, number])[];
  readonly masks: ColorMasks;
  /** Where the pixels begin. */
  readonly start: number;
}

const compressions = { none: 0, runs8: 1, runs4: 2, masks: 3, masksWithAlpha: 6 } as const;

// The longest header with four masks and a palette of 256.
const mostHeaderBytes = 14 + 124 + 16 + 1024;

/** Reads what comes before the pixels; throws Error with what is wrong. */
export function readBmpHeader(source: Source): BmpHeader {
  const bytes = readBytes(source, 0, mostHeaderBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 26) throw new Error('a file that ends in its header');
  const headerBytes = view.getUint32(14, true);
  if (headerBytes === 12) return readShort(view);
  if (headerBytes < 40 || headerBytes > 124) throw new Error(`a header of ${headerBytes} bytes`);
  if (bytes.length < 14 + headerBytes) throw new Error('a file that ends in its header');
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const height = view.getInt32(22, true);
  const hasMasks =
    compression === compressions.masks || compression === compressions.masksWithAlpha;
  const outside =
    hasMasks && headerBytes === 40 ? (compression === compressions.masks ? 12 : 16) : 0;
  return checked(
    {
      width: view.getInt32(18, true),
      height: Math.abs(height),
      isTopDown: height < 0,
      bits,
      hasRuns: compression === compressions.runs8 || compression === compressions.runs4,
      palette: readPalette(view, 14 + headerBytes + outside, 4, bits, view.getUint32(46, true)),
      masks: hasMasks ? readMasks(view, headerBytes >= 56 || outside === 16) : plainMasks(bits),
      start: view.getUint32(10, true),
    },
    compression,
  );
}

function readShort(view: DataView): BmpHeader {
  const bits = view.getUint16(24, true);
  return checked(
    {
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
      isTopDown: false,
      bits,
      hasRuns: false,
      palette: readPalette(view, 26, 3, bits, 0),
      masks: plainMasks(bits),
      start: view.getUint32(10, true),
    },
    compressions.none,
  );
}

/** Bits that each way of storing them may have. */
const bitsOf: Readonly<Record<number, readonly number[]>> = {
  [compressions.none]: [1, 4, 8, 16, 24, 32],
  [compressions.runs8]: [8],
  [compressions.runs4]: [4],
  [compressions.masks]: [16, 32],
  [compressions.masksWithAlpha]: [16, 32],
};

function checked(header: BmpHeader, compression: number): BmpHeader {
  const { width, height, bits } = header;
  if (!(bitsOf[compression] ?? []).includes(bits)) {
    throw new Error(`a BMP of ${bits} bits with compression ${compression}`);
  }
  if (width <= 0 || height === 0) throw new Error(`a BMP of ${width} × ${height} pixels`);
  return header;
}

function readPalette(view: DataView, start: number, step: number, bits: number, used: number) {
  const count = bits > 8 ? 0 : Math.min(used || 256, 1 << bits);
  // A file that ends in its palette has fewer entries, and no pixels.
  const held = Math.max(0, Math.floor((view.byteLength - start) / step));
  return Array.from({ length: Math.min(count, held) }, (_, entry) => {
    const at = start + entry * step;
    return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)] as const;
  });
}

function plainMasks(bits: number): ColorMasks {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
}

function readMasks(view: DataView, hasAlpha: boolean): ColorMasks {
  if (view.byteLength < (hasAlpha ? 70 : 66)) throw new Error('a file that ends in its header');
  const at = (place: number) => view.getUint32(place, true);
  return [at(54), at(58), at(62), hasAlpha ? at(66) : 0];
}
