import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { toIdx, writeFolder } from './testing/idx-fixture.ts';
import { readIdx } from './idx.ts';

const remedy = 'check the path, or download the file again';
const images = toIdx([2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);

const absurd = toIdx([4294967295, 4294967295, 4294967295], [1]);
const absurdGzip = gzipSync(absurd);

function withMagic(magic: number): Uint8Array {
  const bytes = images.slice();
  new DataView(bytes.buffer).setUint32(0, magic);
  return bytes;
}

describe('readIdx', () => {
  test.each([
    ['file', images],
    ['file.gz', gzipSync(images)],
    ['gzip-without-name', gzipSync(images)],
    ['plain-named.gz', images],
    ['members.gz', Buffer.concat([gzipSync(images.subarray(0, 9)), gzipSync(images.subarray(9))])],
  ])('reads images from %s', (name, bytes) => {
    const file = readIdx(join(writeFolder({ [name]: bytes }), name), 3);
    expect(file.shape).toEqual([2, 2, 3]);
    expect([...file.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
    expect(file.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('reads labels', () => {
    const file = readIdx(join(writeFolder({ labels: toIdx([3], [7, 0, 9]) }), 'labels'), 1);
    expect(file.shape).toEqual([3]);
    expect([...file.data]).toEqual([7, 0, 9]);
  });

  const huge =
    'expected 7.9228162458924105e+28 bytes for shape [4294967295, 4294967295, 4294967295]';
  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'expected an IDX header of 16 bytes, got 0'],
    ['half a header', images.subarray(0, 15), 'expected an IDX header of 16 bytes, got 15'],
    [
      'another magic number',
      withMagic(0x12345678),
      'expected magic number 0x00000803 (unsigned bytes, 3 axes), got 0x12345678',
    ],
    [
      'a truncated file',
      images.subarray(0, 27),
      'expected 28 bytes for shape [2, 2, 3], got 27 bytes',
    ],
    [
      'trailing bytes',
      Buffer.concat([images, Buffer.of(0)]),
      'expected 28 bytes for shape [2, 2, 3], got 29 bytes',
    ],
    ['no image', toIdx([0, 2, 3], []), 'expected at least one value, got shape [0, 2, 3]'],
    ['absurd counts', absurd, `${huge}, got 17 bytes`],
  ])('refuses %s', (_, bytes, message) => {
    const path = join(writeFolder({ file: bytes }), 'file');
    expect(() => readIdx(path, 3)).toThrow(new DataError(`${path}: ${message}; ${remedy}`));
  });

  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'expected an IDX header of 16 bytes, got 0'],
    ['an empty stream', gzipSync(''), 'expected an IDX header of 16 bytes, got 0'],
    [
      'another magic number',
      gzipSync(withMagic(0x12345678)),
      'expected magic number 0x00000803 (unsigned bytes, 3 axes), got 0x12345678',
    ],
    [
      'too few bytes',
      gzipSync(images.subarray(0, 27)),
      'expected 28 bytes for shape [2, 2, 3], got 27 bytes',
    ],
    [
      'trailing bytes',
      gzipSync(Buffer.concat([images, Buffer.of(0)])),
      'expected 28 bytes for shape [2, 2, 3], got more than 28 bytes',
    ],
    [
      'a bomb',
      gzipSync(Buffer.concat([images, Buffer.alloc(1 << 24)])),
      'expected 28 bytes for shape [2, 2, 3], got more than 28 bytes',
    ],
    ['absurd counts', absurdGzip, `${huge}, got ${absurdGzip.length} compressed bytes`],
  ])('refuses gzip with %s', (_, bytes, message) => {
    const path = join(writeFolder({ 'file.gz': bytes }), 'file.gz');
    expect(() => readIdx(path, 3)).toThrow(
      expect.objectContaining({ message: `${path}: ${message}; ${remedy}` }),
    );
  });

  const bigEndian =
    "write them in big-endian, as Python's struct.pack('>I', n) and MATLAB's fopen(file, 'w', 'ieee-be') do";
  const asBytes = 'write its values as unsigned bytes, 0 to 255';
  test.each<[name: string, magic: number, axes: 1 | 3, got: string]>([
    [
      'labels for images',
      0x801,
      3,
      '(unsigned bytes, 1 axis); exchange the files of images and labels',
    ],
    [
      'images for labels',
      0x803,
      1,
      '(unsigned bytes, 3 axes); exchange the files of images and labels',
    ],
    [
      'flat images',
      0x802,
      3,
      '(unsigned bytes, 2 axes); write grey images as [count, rows, columns]',
    ],
    [
      'colour images',
      0x804,
      3,
      '(unsigned bytes, 4 axes); write grey images as [count, rows, columns]',
    ],
    ['one-hot labels', 0x802, 1, '(unsigned bytes, 2 axes); write labels as [count]'],
    ['signed bytes', 0x903, 3, `(signed bytes, 3 axes); ${asBytes}`],
    ['16-bit labels', 0xb01, 1, `(16-bit integers, 1 axis); ${asBytes}`],
    ['32-bit labels', 0xc01, 1, `(32-bit integers, 1 axis); ${asBytes}`],
    ['floats', 0xd03, 3, `(32-bit floats, 3 axes); ${asBytes}`],
    ['doubles', 0xe03, 3, `(64-bit floats, 3 axes); ${asBytes}`],
    ['a little-endian header', 0x03080000, 3, `(its numbers are in little-endian); ${bigEndian}`],
    ['little-endian labels', 0x01080000, 1, `(its numbers are in little-endian); ${bigEndian}`],
  ])('names %s, plain and gzipped', (_, magic, axes, got) => {
    const bytes = withMagic(magic);
    const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`;
    const kind = axes === 1 ? 'unsigned bytes, 1 axis' : 'unsigned bytes, 3 axes';
    for (const content of [bytes, gzipSync(bytes)]) {
      const path = join(writeFolder({ file: content }), 'file');
      const message = `${path}: expected magic number ${hex(0x800 + axes)} (${kind}), got ${hex(magic)} ${got}`;
      expect(() => readIdx(path, axes)).toThrow(new DataError(message));
    }
  });

  test('names lengths in little-endian', () => {
    const bytes = images.slice();
    const view = new DataView(bytes.buffer);
    for (const at of [4, 8, 12]) view.setUint32(at, view.getUint32(at), true);
    const path = join(writeFolder({ file: bytes }), 'file');
    expect(() => readIdx(path, 3)).toThrow(
      new DataError(
        `${path}: expected 5.666839779443574e+22 bytes for shape [33554432, 33554432, 50331648], got 28 bytes; the lengths look like little-endian [2, 2, 3]; ${bigEndian}`,
      ),
    );
  });

  test.each([['a cut stream', gzipSync(images).subarray(0, -9), 'Z_BUF_ERROR']])(
    'refuses %s',
    (_, bytes, code) => {
      const path = join(writeFolder({ 'file.gz': bytes }), 'file.gz');
      const message = `${path}: expected a readable file, got ${code}; ${remedy}`;
      expect(() => readIdx(path, 3)).toThrow(
        expect.objectContaining({ name: 'DataError', message }),
      );
    },
  );

  test.each([
    ['missing', 'ENOENT'],
    ['missing.gz', 'ENOENT'],
    ['', 'EISDIR'],
  ])('refuses the path "%s"', (name, code) => {
    const path = join(writeFolder({}), name);
    const message = `${path}: expected a readable file, got ${code}; ${remedy}`;
    expect(() => readIdx(path, 1)).toThrow(expect.objectContaining({ name: 'DataError', message }));
  });

  test.skipIf(process.platform === 'win32').each(['pipe', 'pipe.gz'])(
    'refuses %s without waiting for it',
    (name) => {
      const path = join(writeFolder({}), name);
      execFileSync('mkfifo', [path]);
      expect(() => readIdx(path, 1)).toThrow(
        new DataError(`${path}: expected a regular file, got a pipe or device; ${remedy}`),
      );
    },
  );

  test('reads the size of a file before its data', () => {
    const path = join(writeFolder({ file: toIdx([65_535, 65_535, 1], []) }), 'file');
    // Sparse: it takes no space on the disk.
    truncateSync(path, 2 ** 40);
    expect(() => readIdx(path, 3)).toThrow(
      new DataError(
        `${path}: expected 4294836241 bytes for shape [65535, 65535, 1], got 1099511627776 bytes; ${remedy}`,
      ),
    );
  });
});
