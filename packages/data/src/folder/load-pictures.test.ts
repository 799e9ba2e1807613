import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigurationError, DataError } from '@convbook/core';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataHashes } from '../data-hashes.ts';
import { loadPictureFolder } from './load-pictures.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'convbook-pictures-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), bytes);
}

/** Left half of one colour, right half of another. */
function halves(width: number, height: number, left: number[], right: number[]): Sharp {
  const pixels = Array.from({ length: width * height }, (_, place) =>
    place % width < width / 2 ? left : right,
  );
  const channels = left.length === 4 ? 4 : 3;
  return sharp(Uint8Array.from(pixels.flat()), { raw: { width, height, channels } });
}

const red = [255, 0, 0];
const blue = [0, 0, 255];
const size = { height: 1, width: 2 };
// [channels, 1, 2]
const redAndBlue = [255, 0, 0, 0, 0, 255];
const blueAndRed = [0, 255, 0, 0, 255, 0];

describe('a folder of encoded pictures', () => {
  it.each<[string, (picture: Sharp) => Sharp]>([
    ['png', (picture) => picture.png()],
    ['jpg', (picture) => picture.jpeg({ quality: 100, chromaSubsampling: '4:4:4' })],
    ['webp', (picture) => picture.webp({ lossless: true })],
    ['gif', (picture) => picture.gif()],
    ['avif', (picture) => picture.avif({ lossless: true, chromaSubsampling: '4:4:4' })],
    ['tiff', (picture) => picture.tiff({ compression: 'lzw' })],
  ])('.%s: shape, classes, labels and pixels', async (ending, encode) => {
    const [first, second] = await Promise.all([
      encode(halves(64, 32, red, blue)).toBuffer(),
      encode(halves(32, 64, blue, red)).toBuffer(),
    ]);
    write(`train/class10/1.${ending}`, first);
    write(`train/class2/1.${ending}`, second);
    write(`test/class10/1.${ending}`, first);
    const data = await loadPictureFolder(folder, { size });
    expect(data.sampleShape).toEqual([3, 1, 2]);
    expect(data.classNames).toEqual(['class2', 'class10']);
    expect([[...data.train.labels], [...data.test.labels]]).toEqual([[0, 1], [1]]);
    const exact = [...blueAndRed, ...redAndBlue];
    data.train.images.forEach((byte, at) => {
      expect(Math.abs(byte - exact[at]), `byte ${at}`).toBeLessThanOrEqual(3);
    });
    expect(data.test.images).toEqual(data.train.images.slice(6));
  });

  it('turns a photograph upright as its EXIF says', async () => {
    const lying = halves(64, 32, red, blue).withMetadata({ orientation: 6 });
    const upright = await lying.png().toBuffer();
    write('train/a/1.png', upright);
    write('train/b/1.png', upright);
    write('test/a/1.png', upright);
    const { test } = await loadPictureFolder(folder, { size: { height: 2, width: 1 } });
    expect([...test.images]).toEqual(redAndBlue);
  });

  it('lays transparent parts on the background', async () => {
    const png = await halves(32, 16, [9, 9, 9, 255], [9, 9, 9, 0]).png().toBuffer();
    for (const place of ['train/a', 'train/b', 'test/a']) write(`${place}/1.png`, png);
    const white = await loadPictureFolder(folder, { size });
    expect([white.sampleShape, [...white.test.images]]).toEqual([
      [1, 1, 2],
      [9, 255],
    ]);
    const black = await loadPictureFolder(folder, { size, background: 7 });
    expect([...black.test.images]).toEqual([9, 7]);
  });

  it('is grey only if every picture is, unless told', async () => {
    const grey = await halves(32, 16, [10, 10, 10], [200, 200, 200]).png().toBuffer();
    for (const place of ['train/a', 'train/b', 'test/a']) write(`${place}/1.png`, grey);
    expect((await loadPictureFolder(folder, { size })).sampleShape).toEqual([1, 1, 2]);
    const { sampleShape, test } = await loadPictureFolder(folder, { size, channels: 'rgb' });
    expect([sampleShape, [...test.images]]).toEqual([
      [3, 1, 2],
      [10, 200, 10, 200, 10, 200],
    ]);
    write('test/b/1.png', await halves(32, 16, red, blue).png().toBuffer());
    expect((await loadPictureFolder(folder, { size })).sampleShape).toEqual([3, 1, 2]);
    const told = await loadPictureFolder(folder, { size, channels: 'grey' });
    expect([...told.test.images]).toEqual([10, 200, 76, 29]);
  });

  it.each([
    [[20, 30, 40], 24],
    [[5, 5, 5], 16],
    [[500, 70, 80], 80],
    [[500, 70, 101], 96],
  ])('with shorter sides of %j has images of %i', async (sides, side) => {
    for (const [at, pixels] of sides.entries()) {
      const png = await halves(pixels + 11, pixels, red, blue)
        .png()
        .toBuffer();
      write(['train/a/1.png', 'train/b/1.png', 'test/a/1.png'][at], png);
    }
    expect((await loadPictureFolder(folder)).sampleShape).toEqual([3, side, side]);
  });
});

/** Pictures of one shade each, `count` of them, in classes a and b. */
async function writeShades(count: number): Promise<void> {
  for (let shade = 0; shade < count; shade++) {
    const grey = shade * 8;
    const png = await halves(2, 1, [grey, grey, grey], [0, 0, 0]).png().toBuffer();
    write(`${shade % 2 ? 'b' : 'a'}/${shade}.png`, png);
  }
}

const shadesOf = ({ images }: { images: Uint8Array }) =>
  [...images].filter((_, at) => at % 2 === 0);

describe('class folders alone', () => {
  it('are split by content: more pictures move none to the other side', async () => {
    await writeShades(16);
    const before = await loadPictureFolder(folder, { size });
    const shades = [shadesOf(before.train), shadesOf(before.test)];
    expect(shades.every((side) => side.length > 0)).toBe(true);
    await writeShades(30);
    const after = await loadPictureFolder(folder, { size });
    expect(after.train.count + after.test.count).toBe(30);
    expect(shadesOf(after.train)).toEqual(expect.arrayContaining(shades[0]));
    expect(shadesOf(after.test)).toEqual(expect.arrayContaining(shades[1]));
  });

  it('give the test the share that is asked for, and refuse one that takes all', async () => {
    await writeShades(24);
    const { test } = await loadPictureFolder(folder, { size, testShare: 0.5 });
    expect(test.count).toBeGreaterThan(6);
    await expect(loadPictureFolder(folder, { size, testShare: 1e-9 })).rejects.toThrow(
      new DataError(
        `${folder}: expected pictures to train and to test, got none to test among 24; add pictures, or give the test a larger share`,
      ),
    );
  });

  it('have one identity, which a changed pixel and another size change', async () => {
    await writeShades(16);
    const identity = async (side: number) =>
      dataHashes(await loadPictureFolder(folder, { size: { height: side, width: side } }));
    const first = await identity(2);
    expect(Object.keys(first)).toEqual(['pictures']);
    expect(await identity(2)).toEqual(first);
    expect(await identity(3)).not.toEqual(first);
    write('a/0.png', await halves(2, 1, red, red).png().toBuffer());
    expect(await identity(2)).not.toEqual(first);
  });
});

describe('damaged pictures', () => {
  async function writeDamaged(count: number): Promise<void> {
    const png = await halves(32, 16, red, blue).png().toBuffer();
    for (const place of ['train/a', 'train/b', 'test/a']) write(`${place}/1.png`, png);
    for (let at = 0; at < count; at++) write(`train/b/bad${at}.png`, '');
  }

  it('are refused, the first ten with their reasons, and the number of all', async () => {
    await writeDamaged(11);
    const each = Array.from(
      { length: 10 },
      (_, at) =>
        `train/b/bad${at}.png: expected a PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP picture, got an empty file`,
    );
    await expect(loadPictureFolder(folder)).rejects.toThrow(
      new DataError(
        `${folder}: expected pictures that can be decoded, got 11 of 14 that cannot: ${each.join(' · ')} · and 1 more; replace or remove them, or pass them over with --skip-damaged`,
      ),
    );
  });

  it('are passed over where that is asked for, and counted', async () => {
    await writeDamaged(1);
    write('notes.txt', 'hello');
    const data = await loadPictureFolder(folder, { skipDamaged: true });
    const { train, notes, attribution } = data;
    expect(train.count).toBe(2);
    expect(data.files).toEqual({
      folder,
      layout: 'train/ and test/ with a folder a class',
      train: ['train/a/1.png', 'train/b/1.png'].map((path) => ({ path, width: 32, height: 16 })),
      test: [{ path: 'test/a/1.png', width: 32, height: 16 }],
      damaged: [
        {
          path: 'train/b/bad0.png',
          problem: expect.stringMatching(/^train\/b\/bad0\.png: .*, got an empty file/) as unknown,
        },
      ],
      passedOver: { 'files outside train/ and test/': 1 },
    });
    expect(notes).toEqual([
      'train/ and test/ with a folder a class: 2 classes (a, b), 2 pictures to train and 1 picture to test, as colour images of 16 × 16',
      'passed over: files outside train/ and test/ (1)',
      'passed over: 1 damaged: train/b/bad0.png: expected a PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP picture, got an empty file',
    ]);
    expect(attribution).toMatch(/; 1 damaged ones are passed over$/);
  });
});

it.each([
  [{ testShare: 1 }, 'testShare: expected a number above 0 and below 1, got 1'],
  [{ background: 256 }, 'background: expected a whole number from 0 to 255, got 256'],
  [{ size: { height: 0, width: 4 } }, 'size.height: expected a whole number above 0, got 0'],
  [
    { size: { height: 4097, width: 4096 } },
    'size: expected at most 16777216 pixels, got 4096 × 4097; take smaller images',
  ],
])('%j is refused', async (options, message) => {
  await expect(loadPictureFolder(folder, options)).rejects.toThrow(new ConfigurationError(message));
});

it('ends with the signal’s reason', async () => {
  await writeShades(20);
  const interruption = new AbortController();
  const loading = loadPictureFolder(folder, {
    size,
    signal: interruption.signal,
    onProgress: () => interruption.abort(new Error('enough')),
  });
  await expect(loading).rejects.toThrow('enough');
});
