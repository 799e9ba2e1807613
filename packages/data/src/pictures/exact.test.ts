import { afterAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { pngChunk, toPng, type PngFixture } from '../testing/png-fixture.ts';
import { openDecoder } from './open-decoder.ts';
import { onBackground } from '@convbook/core/pictures';

const decoder = openDecoder();
afterAll(() => decoder.close());

/** Bytes without a pattern that a decoder could guess. */
const noise = (length: number) =>
  Uint8Array.from({ length }, (_, k) => (Math.imul(k + 1, 2654435761) >>> 13) & 255);

const sixteen = (values: readonly number[]) =>
  Uint8Array.from(values.flatMap((value) => [value >> 8, value & 255]));

const every = Uint8Array.from({ length: 256 }, (_, k) => k);

describe('a PNG without a profile has exactly its own values', () => {
  type Row = readonly [name: string, png: PngFixture, channels: number, data: readonly number[]];
  test.each<Row>([
    ['every grey', { width: 16, height: 16, colorType: 0, bytes: every }, 1, [...every]],
    ['RGB', { width: 50, height: 7, colorType: 2, bytes: noise(1050) }, 3, [...noise(1050)]],
    ['grey, alpha', { width: 20, height: 9, colorType: 4, bytes: noise(360) }, 2, [...noise(360)]],
    ['RGB, alpha', { width: 20, height: 9, colorType: 6, bytes: noise(720) }, 4, [...noise(720)]],
    [
      'every grey of 16 bits',
      {
        width: 256,
        height: 1,
        depth: 16,
        colorType: 0,
        bytes: sixteen([...every].map((k) => k * 257)),
      },
      1,
      [...every],
    ],
    [
      'RGB and alpha of 16 bits',
      { width: 1, height: 1, depth: 16, colorType: 6, bytes: sixteen([0, 12850, 65535, 25700]) },
      4,
      [0, 50, 255, 100],
    ],
    [
      'grey of 1 bit',
      { width: 3, height: 2, depth: 1, colorType: 0, bytes: Uint8Array.of(0b10100000, 0b01000000) },
      1,
      [255, 0, 255, 0, 255, 0],
    ],
    [
      'grey of 4 bits',
      { width: 2, height: 1, depth: 4, colorType: 0, bytes: Uint8Array.of(0x3f) },
      1,
      [51, 255],
    ],
    [
      'a palette with a transparent entry',
      {
        width: 2,
        height: 1,
        colorType: 3,
        bytes: Uint8Array.of(1, 0),
        chunks: [
          pngChunk('PLTE', Uint8Array.of(10, 20, 30, 40, 50, 60)),
          pngChunk('tRNS', Uint8Array.of(0)),
        ],
      },
      4,
      [40, 50, 60, 255, 10, 20, 30, 0],
    ],
    [
      'a transparent grey',
      {
        width: 2,
        height: 1,
        colorType: 0,
        bytes: Uint8Array.of(7, 8),
        chunks: [pngChunk('tRNS', Uint8Array.of(0, 7))],
      },
      2,
      [7, 0, 8, 255],
    ],
  ])('%s', async (_, png, channels, data) => {
    const pixels = await decoder.decode(toPng(png), 'a.png');
    const { width, height } = png;
    expect({ ...pixels, data: [...pixels.data] }).toEqual({ width, height, channels, data });
  });
});

describe('every format', () => {
  // Left half red, right half blue: seen after any lossy encoder, and turned pictures show it.
  const halves = () => {
    const left = { width: 16, height: 16, channels: 3, background: 'red' } as const;
    return sharp({ create: left }).extend({ right: 16, background: 'blue' });
  };

  const colorAt = (
    { width, channels, data }: Awaited<ReturnType<typeof decoder.decode>>,
    x: number,
    y: number,
  ) =>
    [...data.subarray((y * width + x) * channels).subarray(0, 3)]
      .map((value) => (value > 127 ? 1 : 0))
      .join('');

  test.each([
    ['JPEG', () => halves().jpeg().toBuffer()],
    ['progressive JPEG', () => halves().jpeg({ progressive: true }).toBuffer()],
    ['CMYK JPEG', () => halves().toColourspace('cmyk').jpeg().toBuffer()],
    ['WebP', () => halves().webp().toBuffer()],
    ['lossless WebP', () => halves().webp({ lossless: true }).toBuffer()],
    ['GIF', () => halves().gif().toBuffer()],
    ['AVIF', () => halves().avif().toBuffer()],
    ['TIFF', () => halves().tiff().toBuffer()],
    ['interlaced PNG', () => halves().png({ progressive: true }).toBuffer()],
  ])('%s', async (_, encode) => {
    const pixels = await decoder.decode(await encode(), 'a');
    expect([pixels.width, pixels.height]).toEqual([32, 16]);
    expect([colorAt(pixels, 4, 8), colorAt(pixels, 28, 8)]).toEqual(['100', '001']);
  });

  test('an orientation is obeyed: 6 is lying on its left side', async () => {
    const bytes = await halves().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const pixels = await decoder.decode(bytes, 'a.jpg');
    expect([pixels.width, pixels.height]).toEqual([16, 32]);
    expect([colorAt(pixels, 8, 4), colorAt(pixels, 8, 28)]).toEqual(['100', '001']);
  });

  test('a colour profile is turned to sRGB', async () => {
    const bytes = await halves().withIccProfile('p3').png().toBuffer();
    const { data } = await decoder.decode(bytes, 'a.png');
    expect([...data.subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  test('the first of many frames', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 4, height: 4, channels: 3, background } })
        .png()
        .toBuffer();
    const frames = await Promise.all(['red', 'blue'].map(frame));
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const pixels = await decoder.decode(bytes, 'a.gif');
    expect([pixels.width, pixels.height, colorAt(pixels, 0, 0)]).toEqual([4, 4, '100']);
  });

  test('grey JPEG: one channel', async () => {
    const bytes = await halves().toColourspace('b-w').jpeg().toBuffer();
    expect((await decoder.decode(bytes, 'a.jpg')).channels).toBe(1);
  });

  test('what cameras write and viewers show is no damage', async () => {
    const bytes = await halves().jpeg().toBuffer();
    // The end of the spectral selection, which is 63 in a baseline JPEG.
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    bytes[scan + bytes.readUInt16BE(scan + 2)] = 62;
    expect((await decoder.decode(bytes, 'a.jpg')).width).toBe(32);
  });

  test('nor are the tags of one program in a TIFF', async () => {
    const bytes = await halves().tiff().toBuffer();
    // The resolution's unit becomes a tag that nobody knows.
    bytes.writeUInt16LE(40_000, bytes.indexOf(Buffer.from([0x28, 0x01, 0x03, 0x00])));
    expect((await decoder.decode(bytes, 'a.tif')).width).toBe(32);
  });

  test.each(['jpeg', 'png'] as const)('48 megapixels, as telephones take: %s', async (format) => {
    const white = { width: 8000, height: 6000, channels: 3, background: 'white' } as const;
    const bytes = await sharp({ create: white }).toFormat(format).toBuffer();
    const { width, height, data } = await decoder.decode(bytes, 'a');
    expect([width, height]).toEqual([2048, 1536]);
    expect(data.every((value) => value > 250)).toBe(true);
  });

  test('a longer side is reduced, keeping proportions', async () => {
    const png = toPng({
      width: 4096,
      height: 6,
      colorType: 0,
      bytes: new Uint8Array(4096 * 6).fill(9),
    });
    const { width, height, data } = await decoder.decode(png, 'long.png');
    expect([width, height]).toEqual([2048, 3]);
    expect(data.every((value) => value === 9)).toBe(true);
  });
});

describe('onBackground', () => {
  test.each([
    ['white without it', undefined, [255, 78, 200]],
    ['black', 0, [0, 78, 200]],
  ])('%s', (_, background, expected) => {
    const grey = {
      width: 3,
      height: 1,
      channels: 2 as const,
      data: Uint8Array.of(7, 0, 78, 255, 200, 255),
    };
    expect(Array.from(onBackground(grey, background).data)).toEqual(expected);
  });

  test('half transparent colours', () => {
    const pixels = {
      width: 1,
      height: 1,
      channels: 4 as const,
      data: Uint8Array.of(0, 100, 255, 51),
    };
    const opaque = onBackground(pixels);
    expect({ ...opaque, data: Array.from(opaque.data) }).toEqual({
      width: 1,
      height: 1,
      channels: 3,
      data: [204, 224, 255],
    });
  });
});
