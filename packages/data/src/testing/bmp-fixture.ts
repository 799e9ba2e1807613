// BMP files written by hand.

export interface BmpFixture {
  width: number;
  /** Negative where the first row is the upper one. */
  height: number;
  /** Of a pixel. */
  bits: number;
  /** 0 none, 1 runs of 8 bits, 2 of 4, 3 masks, 6 masks with alpha. */
  compression?: number;
  /** Red, green, blue of each entry. */
  palette?: readonly (readonly [number, number, number])[];
  masks?: readonly number[];
  /** The rows as they are stored, or runs. */
  bytes: readonly number[];
  /** Bytes of the header after the first 14: 12 of OS/2, 40 and more of Windows. */
  headerBytes?: number;
  /** Bytes between the palette and the pixels. */
  gap?: number;
}

/** A BMP file. */
export function toBmp(fixture: BmpFixture): Uint8Array {
  const { palette = [], masks = [], bytes, headerBytes = 40, gap = 0 } = fixture;
  const isShort = headerBytes === 12;
  const colors = palette.flatMap(([r, g, b]) => (isShort ? [b, g, r] : [b, g, r, 0]));
  // A longer header has its masks inside.
  const masksEnd = Math.max(14 + headerBytes, 54 + 4 * masks.length);
  const before = isShort ? 26 : masksEnd;
  const start = before + colors.length + gap;
  const file = Buffer.alloc(start + bytes.length);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(headerBytes, 14);
  if (isShort) writeShort(file, fixture);
  else writeLong(file, fixture, palette.length, masks);
  file.set(colors, before);
  file.set(bytes, start);
  return file;
}

function writeShort(file: Buffer, { width, height, bits }: BmpFixture): void {
  [width, height, 1, bits].forEach((value, k) => file.writeUInt16LE(value, 18 + 2 * k));
}

function writeLong(
  file: Buffer,
  { width, height, bits, compression = 0 }: BmpFixture,
  colors: number,
  masks: readonly number[],
): void {
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  file.writeUInt32LE(colors, 46);
  masks.forEach((mask, k) => file.writeUInt32LE(mask, 54 + 4 * k));
}
