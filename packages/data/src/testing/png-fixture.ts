// PNG files written by hand (https://www.w3.org/TR/png-3/): the encoder shares nothing with the decoder.
import { crc32, deflateSync } from 'node:zlib';

export interface PngFixture {
  width: number;
  height: number;
  /** Bits a channel: 8 without it. */
  depth?: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  colorType: 0 | 2 | 3 | 4 | 6;
  /** The rows one after another, as they are stored; samples of 16 bits have their high byte first. */
  bytes: Uint8Array;
  /** Before the pixels. */
  chunks?: readonly Uint8Array[];
}

/** A PNG file. */
export function toPng({ width, height, depth = 8, colorType, bytes, chunks = [] }: PngFixture) {
  const rowBytes = bytes.length / height;
  const rows = Buffer.alloc(bytes.length + height);
  for (let row = 0; row < height; row++) {
    // Each row begins with the kind of its filter: none.
    rows.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  const pixels = pngChunk('IDAT', deflateSync(rows));
  return joinPng([pngHeader(width, height, depth, colorType), ...chunks, pixels]);
}

/** The signature, these chunks and the end. */
export function joinPng(chunks: readonly Uint8Array[]): Uint8Array {
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, ...chunks, pngChunk('IEND', Buffer.alloc(0))]);
}

/** The first chunk, of any size that it can name; `interlaced` is 1 for a picture in passes. */
export function pngHeader(
  width: number,
  height: number,
  depth: number,
  colorType: number,
  interlaced = 0,
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = colorType;
  header[12] = interlaced;
  return pngChunk('IHDR', header);
}

/** A chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(data.length);
  chunk.set(content, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  return chunk;
}

/** A chunk of text or of a colour profile that inflates to so many zeros. */
export function inflatedChunk(type: 'zTXt' | 'iCCP', bytes: number): Uint8Array {
  const name = Buffer.from('name\0\0', 'latin1');
  return pngChunk(type, Buffer.concat([name, deflateSync(Buffer.alloc(bytes))]));
}
