import { ConfigurationError } from '@convbook/core';
import { encode } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { decodeImage } from './decode-image.ts';

describe('decodeImage', () => {
  test.each([
    ['grey', { channels: 1, depth: 8, data: Uint8Array.of(0, 200) }, 1, [0, 200]],
    ['grey of 16 bits', { channels: 1, depth: 16, data: Uint16Array.of(0, 65535) }, 1, [0, 255]],
    [
      'grey, half transparent',
      { channels: 2, depth: 8, data: Uint8Array.of(0, 255, 0, 0) },
      2,
      [0, 255, 0, 0],
    ],
    [
      'RGB',
      { channels: 3, depth: 8, data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
      3,
      [1, 2, 3, 4, 5, 6],
    ],
  ] as const)('PNG: %s', (_, image, channels, expected) => {
    const pixels = decodeImage(encode({ width: 2, height: 1, ...image }), 'a.png');
    expect({ ...pixels, data: [...(pixels.data as Uint8Array)] }).toEqual({
      width: 2,
      height: 1,
      channels,
      data: [...expected],
    });
  });

  test('JPEG', () => {
    const data = new Uint8Array(16 * 16 * 4).fill(255);
    const pixels = decodeImage(encodeJpeg({ width: 16, height: 16, data }, 90).data, 'a.jpg');
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([16, 16, 3]);
    expect(Math.min(...(pixels.data as Uint8Array))).toBeGreaterThan(250);
  });

  test.each([
    ['neither', [1, 2, 3, 4, 5], 'a file that begins with 01 02 03 04'],
    ['empty', [], 'an empty file'],
  ])('%s is refused', (_, bytes, got) => {
    expect(() => decodeImage(Uint8Array.from(bytes), 'x.gif')).toThrow(
      new ConfigurationError(`x.gif: expected a PNG or JPEG image, got ${got}; convert it first`),
    );
  });

  test('a cut PNG is refused', () => {
    const bytes = encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(1) });
    expect(() => decodeImage(bytes.subarray(0, 20), 'cut.png')).toThrow(
      /^cut\.png: the image cannot be decoded, got .*\w; save it again as PNG$/,
    );
  });
});
