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
      'labels for images',
      withMagic(0x801),
      'expected magic number 0x00000803 (unsigned bytes, 3 axes), got 0x00000801',
    ],
    [
      'floats',
      withMagic(0xd03),
      'expected magic number 0x00000803 (unsigned bytes, 3 axes), got 0x00000d03',
    ],
    [
      'gzip under a plain name',
      gzipSync(images),
      'expected magic number 0x00000803 (unsigned bytes, 3 axes), got 0x1f8b0800',
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
      'labels for images',
      gzipSync(withMagic(0x801)),
      'expected magic number 0x00000803 (unsigned bytes, 3 axes), got 0x00000801',
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

  test.each([
    ['plain under a gzip name', images, 'Z_DATA_ERROR'],
    ['a cut stream', gzipSync(images).subarray(0, -9), 'Z_BUF_ERROR'],
  ])('refuses %s', (_, bytes, code) => {
    const path = join(writeFolder({ 'file.gz': bytes }), 'file.gz');
    const message = `${path}: expected a readable file, got ${code}; ${remedy}`;
    expect(() => readIdx(path, 3)).toThrow(expect.objectContaining({ name: 'DataError', message }));
  });

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
