import type { Metadata } from 'sharp';
import { expect, test } from 'vitest';
import { allowanceFor } from './limits.ts';
import { startWatch } from './watch.ts';

/** What the headers of these tests agree in. */
const plain = { isProgressive: false, channels: 3, depth: 'uchar' } as const;

const header = (part: Partial<Metadata>): Metadata => ({
  width: 8000,
  height: 6000,
  format: 'jpeg',
  space: 'srgb',
  autoOrient: { width: 8000, height: 6000 },
  isPalette: false,
  hasProfile: false,
  hasAlpha: false,
  ...plain,
  ...part,
});

const mebibytes = (part: Partial<Metadata>) => {
  const allowance = allowanceFor(header(part));
  return typeof allowance === 'string' ? allowance : Math.ceil(allowance.bytes / 2 ** 20) - 96;
};

test.each<[name: string, Partial<Metadata>, mebibytes: number]>([
  ['JPEG row by row', {}, 0],
  ['JPEG in passes, half the colours', { isProgressive: true, chromaSubsampling: '4:2:0' }, 138],
  ['PNG row by row', { format: 'png' }, 0],
  ['interlaced PNG', { format: 'png', isProgressive: true }, 138],
  ['TIFF', { format: 'tiff' }, 138],
  ['WebP', { format: 'webp' }, 184],
  ['GIF of 12 megapixels', { format: 'gif', width: 4000, height: 3000 }, 69],
  ['AVIF of 12 megapixels', { format: 'heif', width: 4000, height: 3000 }, 206],
])('48 megapixels may take memory beside the working memory: %s', (_, part, expected) => {
  expect(mebibytes(part)).toBe(expected);
});

test('work is allowed by the number of pixels', () => {
  expect(allowanceFor(header({ width: 1000, height: 1000 }))).toMatchObject({ seconds: 0.65 });
});

test.each<[Partial<Metadata>, string]>([
  [
    { width: 60_000, height: 60_000 },
    'expected at most 67 megapixels, got 60000 × 60000 pixels; make it smaller',
  ],
  [
    { width: 8192, height: 8193 },
    'expected at most 67 megapixels, got 8192 × 8193 pixels; make it smaller',
  ],
  [
    { format: 'heif' },
    'expected a picture that needs at most 256 MiB of memory, got AVIF of 8000 × 6000 pixels; make it smaller, or save it as JPEG',
  ],
  [
    { format: 'png', isProgressive: true, channels: 4, depth: 'ushort' },
    'expected a picture that needs at most 256 MiB of memory, got PNG of 8000 × 6000 pixels; make it smaller, or save it as JPEG',
  ],
  [
    { format: 'tiff', depth: 'float' },
    'expected samples of 8 or 16 bits, got float; save it again as PNG',
  ],
])('%j is refused', (part, sentence) => {
  expect(allowanceFor(header(part))).toBe(sentence);
});

const work = () =>
  new Promise<string>((resolve) => startWatch({ bytes: Infinity, seconds: -1 }, resolve));

test('a watch tells of too much work', async () => {
  expect(await work()).toBe('more than -1.0 seconds of work');
});

test('a watch tells of too much memory, once, beside what was allowed later', async () => {
  const excess: string[] = [];
  const watch = startWatch({ bytes: Infinity, seconds: Infinity }, (what) => excess.push(what));
  watch.allow({ bytes: 1 << 20, seconds: Infinity });
  // The process may give back what earlier tests took meanwhile, so one piece need not be enough.
  const taken: Buffer[] = [];
  const takeMore = () => {
    if (excess.length === 0 && taken.length < 32) taken.push(Buffer.alloc(64 << 20, 1));
    return excess;
  };
  await expect.poll(takeMore).toEqual(['more than 1 MiB of memory']);
  watch.end();
  expect(taken.length).toBeGreaterThan(0);
});
