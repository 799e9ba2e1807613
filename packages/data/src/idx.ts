// The IDX format of the MNIST files (Y. LeCun, C. Cortes, C. J. C. Burges): a magic number 0x0000
// 08 NN (unsigned bytes, NN axes), the length of each axis, all big-endian 32 bits, then the bytes
// in row-major order.
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { DataError } from '@convbook/core';
import type { SharedBytes } from './dataset.ts';

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
const remedy = 'check the path, or download the file again';

/**
 * Reads an IDX file of unsigned bytes with `axes` axes: 1 for labels, 3 for images `[count, rows,
 * columns]`.
 *
 * A file whose name ends in `.gz` is decompressed. Throws DataError naming the file for a file that
 * cannot be read, another magic number, an axis of length 0, and too few or too many bytes. The
 * sizes in the header are compared with the file's own before anything of that size is allocated;
 * of a `.gz`, with what it unpacks to.
 */
export function readIdx(path: string, axes: 1 | 3): IdxFile {
  try {
    checkKind(path);
    return path.endsWith('.gz') ? readCompressed(path, axes) : readPlain(path, axes);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new DataError(`${path}: expected a readable file, got ${code ?? message}; ${remedy}`, {
      cause,
    });
  }
}

// Opening a pipe waits for a writer, and a device may never reach the end of file.
function checkKind(path: string): void {
  const stats = statSync(path);
  if (stats.isFile() || stats.isDirectory()) return;
  throw new DataError(`${path}: expected a regular file, got a pipe or device; ${remedy}`);
}

function readPlain(path: string, axes: number): IdxFile {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const header = new Uint8Array(4 + 4 * axes);
    const shape = readShape(path, header.subarray(0, readInto(file, header, hash)), axes);
    checkSize(path, shape, fstatSync(file).size);
    const data = new Uint8Array(new SharedArrayBuffer(sizeOf(shape)));
    checkSize(path, shape, header.length + readInto(file, data, hash));
    return { shape, data, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}

function readCompressed(path: string, axes: number): IdxFile {
  const compressed = readFileSync(path);
  const headerBytes = 4 + 4 * axes;
  const start = gunzipSync(compressed.subarray(0, 1024), { finishFlush: constants.Z_SYNC_FLUSH });
  const shape = readShape(path, start.subarray(0, headerBytes), axes);
  const expected = headerBytes + sizeOf(shape);
  if (expected > compressed.length * maxInflation) {
    throw sizeError(path, shape, `${compressed.length} compressed bytes`);
  }
  const bytes = inflate(path, shape, compressed, expected);
  checkSize(path, shape, bytes.length);
  const data = new Uint8Array(new SharedArrayBuffer(sizeOf(shape)));
  data.set(bytes.subarray(headerBytes));
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

function readShape(path: string, header: Uint8Array, axes: number): number[] {
  const expected = 4 + 4 * axes;
  if (header.length < expected) {
    throw new DataError(
      `${path}: expected an IDX header of ${expected} bytes, got ${header.length}; ${remedy}`,
    );
  }
  const view = new DataView(header.buffer, header.byteOffset, expected);
  const magic = view.getUint32(0);
  if (magic !== 0x800 + axes) {
    throw new DataError(
      `${path}: expected magic number ${hex(0x800 + axes)} (unsigned bytes, ${axes} axes), got ${hex(magic)}; ${remedy}`,
    );
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (!shape.includes(0)) return shape;
  throw new DataError(
    `${path}: expected at least one value, got shape [${shape.join(', ')}]; ${remedy}`,
  );
}

function checkSize(path: string, shape: number[], fileBytes: number): void {
  if (fileBytes !== 4 + 4 * shape.length + sizeOf(shape))
    throw sizeError(path, shape, `${fileBytes} bytes`);
}

function sizeError(path: string, shape: number[], got: string): DataError {
  const expected = 4 + 4 * shape.length + sizeOf(shape);
  return new DataError(
    `${path}: expected ${expected} bytes for shape [${shape.join(', ')}], got ${got}; ${remedy}`,
  );
}

function sizeOf(shape: number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
