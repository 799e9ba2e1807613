import { ConfigurationError } from '@convbook/core';
import { convertIndexedToRgb, decode as decodePng, hasPngSignature } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import type { Pixels } from './picture/index.ts';

/**
 * A PNG or JPEG as pixels, with their alpha.
 *
 * @param where Names the file in errors.
 * @throws ConfigurationError when it is neither, or damaged.
 */
export function decodeImage(bytes: Uint8Array, where: string): Pixels {
  const decode = hasPngSignature(bytes) ? fromPng : isJpeg(bytes) ? fromJpeg : null;
  if (decode === null) {
    throw new ConfigurationError(
      `${where}: expected a PNG or JPEG image, got ${describeStart(bytes)}; convert it first`,
    );
  }
  try {
    return decode(bytes);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/\W+$/, '');
    throw new ConfigurationError(
      `${where}: the image cannot be decoded, got ${reason}; save it again as PNG`,
      { cause },
    );
  }
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

function describeStart(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0'));
  return `a file that begins with ${start.join(' ')}`;
}

function fromPng(bytes: Uint8Array): Pixels {
  const png = decodePng(bytes);
  const { width, height, depth } = png;
  if (png.palette) {
    const channels = png.palette[0].length === 4 ? 4 : 3;
    return { width, height, channels, data: convertIndexedToRgb(png) };
  }
  const most = (1 << depth) - 1;
  const values = depth < 8 ? unpack(png.data, width, height, depth) : png.data;
  const data = Uint8Array.from(values, (value) => Math.round((value * 255) / most));
  return {
    width,
    height,
    channels: png.channels === 2 || png.channels === 3 || png.channels === 4 ? png.channels : 1,
    data,
  };
}

/** Grey values of 1, 2 or 4 bits, rows beginning at whole bytes. */
function unpack(data: ArrayLike<number>, width: number, height: number, depth: number) {
  const rowBytes = Math.ceil((width * depth) / 8);
  return Uint8Array.from({ length: width * height }, (_, place) => {
    const bit = (place % width) * depth;
    const byte = data[Math.floor(place / width) * rowBytes + (bit >> 3)];
    return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  });
}

function fromJpeg(bytes: Uint8Array): Pixels {
  const { data, width, height } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: false });
  return { width, height, channels: 3, data };
}
