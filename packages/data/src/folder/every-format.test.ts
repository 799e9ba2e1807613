// One folder of every kind of picture, through real encoders: each becomes its image.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError } from '@convbook/core';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toBmp } from '../testing/bmp-fixture.ts';
import { pngHeader, joinPng, pngChunk } from '../testing/png-fixture.ts';
import { loadPictureFolder } from './load-pictures.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'convbook-formats-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [width, height] = [64, 32];

/** Left half red, right half blue. */
const halves = (): Sharp => {
  const left = { width: width / 2, height, channels: 3, background: 'red' } as const;
  return sharp({ create: left }).extend({ right: width / 2, background: 'blue' });
};

/** The same, stored lying on its side, as the EXIF orientation 6 says. */
const lying = (): Sharp => {
  const lower = { width: height, height: width / 2, channels: 3, background: 'red' } as const;
  return sharp({ create: lower }).extend({ top: width / 2, background: 'blue' });
};

const encoders: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  '16 bits.png': () => halves().toColourspace('rgb16').png().toBuffer(),
  'a JPEG.png': () => halves().jpeg().toBuffer(),
  'alpha.webp': () => halves().ensureAlpha().webp({ lossless: true }).toBuffer(),
  'bitmap.bmp': () => Promise.resolve(bitmap()),
  'cmyk.jpg': () => halves().toColourspace('cmyk').jpeg().toBuffer(),
  'deflated.tiff': () => halves().tiff({ compression: 'deflate' }).toBuffer(),
  'interlaced.png': () => halves().png({ progressive: true }).toBuffer(),
  'lossy.avif': () => halves().avif().toBuffer(),
  'lying.jpeg': () => lying().jpeg().withMetadata({ orientation: 6 }).toBuffer(),
  'moving.gif': () => halves().gif().toBuffer(),
  'palette.PNG': () => halves().png({ palette: true }).toBuffer(),
  'profile.png': () => halves().withIccProfile('p3').png().toBuffer(),
  'progressive.jpg': () => halves().jpeg({ progressive: true }).toBuffer(),
  'turned.tif': () => lying().tiff().withMetadata({ orientation: 6 }).toBuffer(),
};

function bitmap(): Uint8Array {
  const bytes = Array.from({ length: width * height }, (_, at) =>
    at % width < width / 2 ? [0, 0, 255] : [255, 0, 0],
  );
  return toBmp({ width, height, bits: 24, bytes: bytes.flat() });
}

function write(file: string, bytes: Uint8Array | string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), bytes);
}

it('every format has its class, its orientation and its colours', async () => {
  const names = Object.keys(encoders);
  for (const [at, name] of names.entries()) {
    write(`train/${at % 2 ? 'odd' : 'even'}/${name}`, await encoders[name]());
  }
  write('test/odd/1.png', await halves().png().toBuffer());
  const { train, classNames, sampleShape } = await loadPictureFolder(folder, {
    size: { height: 1, width: 2 },
  });
  expect({ classNames, sampleShape, count: train.count }).toEqual({
    classNames: ['even', 'odd'],
    sampleShape: [3, 1, 2],
    count: names.length,
  });
  expect([...train.labels]).toEqual(names.map((_, at) => (at < names.length / 2 ? 0 : 1)));
  // [3, 1, 2]: red, green and blue of both halves. The inks of CMYK have no bright blue.
  const colors = [255, 0, 0, 0, 0, 255];
  for (const [at, name] of order(names).entries()) {
    const image = [...train.images.subarray(6 * at, 6 * at + 6)];
    const furthest = Math.max(...image.map((byte, k) => Math.abs(byte - colors[k])));
    expect(furthest, `${name}: ${image.join()}`).toBeLessThanOrEqual(name === 'cmyk.jpg' ? 120 : 8);
  }
});

/** The files of the one class before those of the other. */
function order(names: readonly string[]): string[] {
  return [0, 1].flatMap((odd) => names.filter((_, at) => at % 2 === odd));
}

it('each kind of damage is named, a line each; a link that leaves the folder is not followed', async () => {
  const jpeg = await halves().jpeg().toBuffer();
  const pixels = pngChunk('IDAT', Buffer.alloc(0));
  write('train/a/1.png', jpeg);
  write('train/b/1.jpg', jpeg);
  write('test/a/1.jpg', jpeg);
  write('train/a/2.png', joinPng([pngHeader(60_000, 60_000, 8, 2), pixels]));
  write('train/a/3.jpg', jpeg.subarray(0, 200));
  write('train/a/4.png', '');
  write('train/a/5.png', 'hello');
  symlinkSync('/etc/hostname', join(folder, 'train/a/6.png'));
  const size = { height: 1, width: 2 };
  await expect(loadPictureFolder(folder, { size })).rejects.toThrow(
    new DataError(
      `${folder}: expected pictures that can be decoded, got 4 of 7 that cannot: ` +
        'train/a/2.png: expected at most 67 megapixels, got 60000 × 60000 pixels · ' +
        'train/a/3.jpg: the picture cannot be decoded, got VipsJpeg: premature end of JPEG image · ' +
        'train/a/4.png: expected a PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP picture, got an empty file · ' +
        'train/a/5.png: expected a PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP picture, got a file that begins with 68 65 6c 6c; ' +
        'replace or remove them, or pass them over with --skip-damaged',
    ),
  );
  const { train, notes } = await loadPictureFolder(folder, { size, skipDamaged: true });
  expect(train.count).toBe(2);
  expect(notes).toContain('passed over: links that leave the folder or lead nowhere (1)');
});

it('2,000 empty files are refused, the first ten named', async () => {
  for (let at = 0; at < 2000; at++) write(`${at % 2 ? 'odd' : 'even'}/${at}.png`, '');
  await expect(loadPictureFolder(folder)).rejects.toThrow(
    /^\S+: expected pictures that can be decoded, got 2000 of 2000 that cannot: (even\/\d+\.png: [^·]* an empty file · ){10}and 1990 more; replace/,
  );
});
