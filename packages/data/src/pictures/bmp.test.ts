import { afterAll, describe, expect, test } from 'vitest';
import { toBmp, type BmpFixture } from '../testing/bmp-fixture.ts';
import { openDecoder } from './open-decoder.ts';

const decoder = openDecoder();
afterAll(() => decoder.close());

const palette = [
  [0, 0, 0],
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
] as const;
const [black, red, green, blue] = palette;
const rgb565 = [0xf800, 0x7e0, 0x1f];

type Row = readonly [name: string, fixture: BmpFixture, pixels: readonly (readonly number[])[]];

test.each<Row>([
  [
    '1 bit, the lower row first',
    {
      width: 3,
      height: 2,
      bits: 1,
      palette: [black, red],
      bytes: [0b10100000, 0, 0, 0, 0b01000000, 0, 0, 0],
    },
    [black, red, black, red, black, red],
  ],
  [
    '4 bits',
    { width: 3, height: 1, bits: 4, palette, bytes: [0x12, 0x30, 0, 0] },
    [red, green, blue],
  ],
  [
    '8 bits, the upper row first',
    { width: 1, height: -2, bits: 8, palette, bytes: [1, 0, 0, 0, 2, 0, 0, 0] },
    [red, green],
  ],
  [
    '16 bits: five for each colour',
    { width: 3, height: 1, bits: 16, bytes: [0xff, 0x7f, 0x10, 0, 0, 0x7c, 0, 0] },
    [
      [255, 255, 255],
      [0, 0, 132],
      [255, 0, 0],
    ],
  ],
  [
    '16 bits with masks: six for green',
    { width: 2, height: 1, bits: 16, compression: 3, masks: rgb565, bytes: [0xe0, 0x07, 0x20, 0] },
    [
      [0, 255, 0],
      [0, 4, 0],
    ],
  ],
  [
    '24 bits, a row ends at a multiple of four bytes',
    { width: 1, height: 2, bits: 24, bytes: [1, 2, 3, 0, 4, 5, 6, 0] },
    [
      [6, 5, 4],
      [3, 2, 1],
    ],
  ],
  ['32 bits', { width: 1, height: 1, bits: 32, bytes: [1, 2, 3, 77] }, [[3, 2, 1]]],
  [
    '32 bits with alpha, in a header of 124 bytes',
    {
      width: 1,
      height: 1,
      bits: 32,
      compression: 3,
      headerBytes: 124,
      masks: [0xff0000, 0xff00, 0xff, 0xff000000],
      bytes: [1, 2, 3, 77],
    },
    [[3, 2, 1, 77]],
  ],
  [
    '32 bits, alpha after a header of 40',
    {
      width: 1,
      height: 1,
      bits: 32,
      compression: 6,
      masks: [0xff, 0xff00, 0xff0000, 0xff000000],
      bytes: [1, 2, 3, 77],
    },
    [[1, 2, 3, 77]],
  ],
  [
    'runs of 8 bits: equal ones, a row’s end, single ones, a step, the end',
    {
      width: 4,
      height: 2,
      bits: 8,
      compression: 1,
      palette,
      bytes: [3, 1, 0, 0, 0, 3, 2, 3, 1, 0, 0, 1],
    },
    [green, blue, red, black, red, red, red, black],
  ],
  [
    'runs of 4 bits with a step',
    {
      width: 5,
      height: 2,
      bits: 4,
      compression: 2,
      palette,
      bytes: [3, 0x12, 0, 2, 0, 1, 2, 0x33, 0, 1],
    },
    [black, black, black, blue, blue, red, green, red, black, black],
  ],
  [
    'single ones of 4 bits, to an even number of bytes',
    {
      width: 5,
      height: 1,
      bits: 4,
      compression: 2,
      palette,
      bytes: [0, 5, 0x12, 0x31, 0x20, 0, 0, 0],
    },
    [red, green, blue, red, green],
  ],
  [
    'the header of OS/2',
    {
      width: 2,
      height: 1,
      bits: 8,
      headerBytes: 12,
      palette: [...palette, ...new Array<typeof red>(252).fill(red)],
      bytes: [2, 255, 0, 0],
    },
    [green, red],
  ],
  [
    'a gap before the pixels',
    { width: 1, height: 1, bits: 24, gap: 9, bytes: [1, 2, 3, 0] },
    [[3, 2, 1]],
  ],
])('%s', async (_, fixture, pixels) => {
  const { width, height } = fixture;
  expect(await decode(toBmp(fixture))).toEqual({
    width,
    height: Math.abs(height),
    channels: pixels[0].length,
    data: pixels.flat(),
  });
});

async function decode(bytes: Uint8Array) {
  const pixels = await decoder.decode(bytes, 'x');
  return { ...pixels, data: [...pixels.data] };
}

describe('is refused', () => {
  const plain: BmpFixture = { width: 1, height: 1, bits: 24, bytes: [1, 2, 3, 0] };
  const undecodable = (got: string) =>
    `x: the picture cannot be decoded, got ${got}; save it again as PNG`;

  test.each([
    ['a cut header', toBmp(plain).subarray(0, 30), undecodable('a file that ends in its header')],
    ['cut pixels', toBmp(plain).subarray(0, 56), undecodable('a file that ends before its pixels')],
    [
      'a depth that is none',
      toBmp({ ...plain, bits: 25 }),
      undecodable('a BMP of 25 bits with compression 0'),
    ],
    [
      'a JPEG inside',
      toBmp({ ...plain, compression: 4 }),
      undecodable('a BMP of 24 bits with compression 4'),
    ],
    ['no pixels', toBmp({ ...plain, width: 0 }), undecodable('a BMP of 0 × 1 pixels')],
    [
      'a header of another length',
      toBmp({ ...plain, headerBytes: 128 }),
      undecodable('a header of 128 bytes'),
    ],
    [
      'an entry beyond the palette',
      toBmp({ width: 1, height: 1, bits: 8, palette, bytes: [4, 0, 0, 0] }),
      undecodable('entry 4 of a palette of 4'),
    ],
    [
      'runs beyond the last row',
      toBmp({ width: 1, height: 1, bits: 8, compression: 1, palette, bytes: [1, 1, 0, 0, 1, 1] }),
      undecodable('runs beyond the last row'),
    ],
    [
      'runs that end early',
      toBmp({ width: 1, height: 2, bits: 8, compression: 1, palette, bytes: [1, 1, 0, 0] }),
      undecodable('a file that ends before its pixels'),
    ],
    [
      'too many pixels',
      toBmp({ ...plain, width: 60_000, height: -60_000 }),
      'x: expected at most 67 megapixels, got 60000 × 60000 pixels; make it smaller',
    ],
    [
      'too much memory',
      toBmp({ ...plain, width: 8000, height: 6000 }),
      'x: expected a picture that needs at most 256 MiB of memory, got BMP of 8000 × 6000 pixels; make it smaller, or save it as JPEG',
    ],
  ])('%s', async (_, bytes, message) => {
    await expect(decoder.decode(bytes, 'x')).rejects.toThrow(message);
  });
});

test('a longer side is reduced, keeping proportions', async () => {
  const bytes = new Array<number>(4096 * 6).fill(1);
  const { width, height, data } = await decoder.decode(
    toBmp({ width: 4096, height: 6, bits: 8, palette, bytes }),
    'x',
  );
  expect([width, height, ...data.subarray(0, 3)]).toEqual([2048, 3, ...red]);
});
