// The IDX format of the MNIST files (Y. LeCun, C. Cortes, C. J. C. Burges): a header, then the bytes in
// row-major order; plain or gzipped.
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { DataError } from '@convbook/core';
import type { SharedBytes } from './dataset.ts';
import { headerBytes, readShape, sizeError, sizeOf } from './idx-header.ts';
import { isGzip, readStart } from './known-formats.ts';
import { again, reading } from './reading.ts';
import { sharedBytes } from './shared-bytes.ts';

/** The content of an IDX file. */
export interface IdxFile {
  shape: number[];
  data: SharedBytes;
  /** SHA-256 of the file as it lies on disk, in hexadecimal. */
  sha256: string;
}

/** Deflate expands a byte to at most this many. */
const maxInflation = 1032;
/** Bytes read at once: they are hashed and copied while they are in a core's cache. */
const pieceBytes = 256 * 1024;

/**
 * Reads an IDX file of unsigned bytes with `axes` axes: 1 for labels, 3 for images `[count, rows,
 * columns]`.
 *
 * A file that begins as gzip does is decompressed, whatever its name. Throws DataError naming the file
 * for a file that cannot be read, another magic number, an axis of length 0, and too few or too many
 * bytes. The sizes in the header are compared with the file's own before anything of that size is
 * allocated; of a gzip file, with what it unpacks to.
 */
export function readIdx(path: string, axes: 1 | 3): IdxFile {
  return reading(path, () => {
    checkKind(path);
    return readOpened(path, axes);
  });
}

// Opening a pipe waits for a writer, and a device may never reach the end of file.
function checkKind(path: string): void {
  const stats = statSync(path);
  if (stats.isFile() || stats.isDirectory()) return;
  throw new DataError(`${path}: expected a regular file, got a pipe or device; ${again}`);
}

function readOpened(path: string, axes: 1 | 3): IdxFile {
  const file = openSync(path, 'r');
  try {
    const start = readStart(file);
    return isGzip(start)
      ? readCompressed(path, readFileSync(file), axes)
      : readPlain(path, file, readShape(path, start, axes));
  } finally {
    closeSync(file);
  }
}

function readPlain(path: string, file: number, shape: number[]): IdxFile {
  checkSize(path, shape, fstatSync(file).size);
  const hash = createHash('sha256');
  const header = readInto(file, new Uint8Array(headerBytes(shape.length)), hash);
  const data = sharedBytes(sizeOf(shape));
  checkSize(path, shape, header + readInto(file, data, hash));
  return { shape, data, sha256: hash.digest('hex') };
}

function readCompressed(path: string, compressed: Uint8Array, axes: 1 | 3): IdxFile {
  const start = gunzipSync(compressed.subarray(0, 1024), { finishFlush: constants.Z_SYNC_FLUSH });
  const shape = readShape(path, start, axes);
  const expected = headerBytes(axes) + sizeOf(shape);
  if (expected > compressed.length * maxInflation) {
    throw sizeError(path, shape, `${compressed.length} compressed bytes`);
  }
  const bytes = inflate(path, shape, compressed, expected);
  checkSize(path, shape, bytes.length);
  const data = sharedBytes(sizeOf(shape));
  data.set(bytes.subarray(headerBytes(axes)));
  return { shape, data, sha256: createHash('sha256').update(compressed).digest('hex') };
}

function inflate(
  path: string,
  shape: number[],
  compressed: Uint8Array,
  expected: number,
): Uint8Array {
  try {
    const chunkSize = Math.max(64, Math.min(1 << 20, expected + 1));
    return gunzipSync(compressed, { maxOutputLength: expected, chunkSize });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw cause;
    throw sizeError(path, shape, `more than ${expected} bytes`);
  }
}

/** Fills `into` from the file's position, hashing it; returns how many bytes there were. */
function readInto(file: number, into: Uint8Array, hash: Hash): number {
  const buffer = new Uint8Array(Math.min(into.length, pieceBytes));
  let filled = 0;
  while (filled < into.length) {
    const wanted = Math.min(into.length - filled, buffer.length);
    const piece = buffer.subarray(0, readSync(file, buffer, 0, wanted, null));
    if (piece.length === 0) break;
    hash.update(piece);
    into.set(piece, filled);
    filled += piece.length;
  }
  return filled;
}

function checkSize(path: string, shape: number[], fileBytes: number): void {
  if (fileBytes === headerBytes(shape.length) + sizeOf(shape)) return;
  throw sizeError(path, shape, `${fileBytes} bytes`);
}
