// The decoded pictures of a folder in one file:
//
//   images   `[files, stride]`, an image at the place of its file in the listing; a damaged one is a hole
//   hashes   `[files, 32]`, SHA-256 of each image
//   index    JSON, see `CacheIndex`
//   end      bytes of the index (8, little endian), SHA-256 of hashes and index (32), `mark` (16)
//
// Images are written as they are decoded, whatever their order; the rest follows at the end.
import { createHash, hash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Raised whenever the file's layout, or what decoding makes of a picture, changes. */
export const cacheFormat = 1;

const mark = Buffer.from(`convbook-images${cacheFormat}`);
const endBytes = 8 + 32 + mark.length;

/** A file of the listing: its picture as it was decoded, or why it could not be. */
export type CachedPicture =
  | { readonly width: number; readonly height: number; readonly isGrey: boolean }
  | { readonly problem: string };

/** What a cache says beside the images. */
export interface CacheIndex {
  readonly key: string;
  readonly stride: number;
  /** In the order of the listing. */
  readonly pictures: readonly CachedPicture[];
  /** The first 32 bits of each file's SHA-256, in hexadecimal; null where the folder has two sets. */
  readonly contents: readonly string[] | null;
}

/** A whole cache. */
export interface CacheFile {
  readonly path: string;
  readonly index: CacheIndex;
  /** `[files, 32]`. */
  readonly hashes: Uint8Array;
}

/** A cache that is being written, under a temporary name. */
export interface CacheWriter {
  /** @throws CannotKeepError when the system refuses. */
  write(place: number, image: Uint8Array): void;
  /** Gives the file its name. @throws CannotKeepError when the system refuses. */
  finish(index: CacheIndex): CacheFile;
  /** Removes the temporary file; does nothing after `finish`. */
  abandon(): void;
}

/** The decoded pictures cannot be written; its cause is the system's error. */
export class CannotKeepError extends Error {
  override readonly name = 'CannotKeepError';
}

/** Runs what writes. */
export function keeping<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new CannotKeepError(code ?? message, { cause });
  }
}

/** The temporary names of a cache, with the id of the process that writes. */
export const temporaryCache = /^pictures-.*\.(\d+)\.[0-9a-f]{8}\.tmp$/;

/** A name that no other process has. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

/** Begins a cache. @throws CannotKeepError when the system refuses. */
export function createCacheFile(path: string, count: number, stride: number): CacheWriter {
  const temporary = temporaryName(path);
  const descriptor = keeping(() => openSync(temporary, 'wx'));
  const hashes = new Uint8Array(count * 32);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return {
    write(place, image) {
      hashes.set(hash('sha256', image, 'buffer'), place * 32);
      keeping(() => writeAll(descriptor, image, place * stride));
    },
    finish(index) {
      const tail = [hashes, Buffer.from(JSON.stringify(index))];
      keeping(() => {
        writeAll(descriptor, Buffer.concat([...tail, endOf(tail)]), count * stride);
        close();
        renameSync(temporary, path);
      });
      return { path, index, hashes };
    },
    abandon() {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

/**
 * Opens a cache of `count` files; null where there is none.
 *
 * @throws Error saying what is wrong with it.
 */
export function readCacheFile(path: string, key: string, count: number): CacheFile | null {
  const descriptor = openIfThere(path);
  if (descriptor === null) return null;
  try {
    const { hashes, index } = readTail(descriptor, count);
    if (index.key !== key || index.pictures.length !== count) throw new Error('another index');
    return { path, index, hashes };
  } finally {
    closeSync(descriptor);
  }
}

function readTail(descriptor: number, count: number): Pick<CacheFile, 'hashes' | 'index'> {
  const { size } = fstatSync(descriptor);
  const end = readAt(descriptor, size - endBytes, endBytes);
  if (!end.subarray(40).equals(mark)) throw new Error('the end of another kind of file');
  const indexBytes = Number(end.readBigUInt64LE());
  const begin = size - endBytes - indexBytes - count * 32;
  const hashes = readAt(descriptor, begin, count * 32);
  const text = readAt(descriptor, begin + count * 32, indexBytes);
  if (!endOf([hashes, text]).equals(end)) throw new Error('an index with another SHA-256');
  const index = JSON.parse(text.toString()) as CacheIndex;
  if (begin !== count * index.stride) throw new Error(`a file of ${size} bytes`);
  return { hashes, index };
}

function endOf(tail: readonly Uint8Array[]): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(tail[1].length));
  const sum = createHash('sha256');
  for (const part of tail) sum.update(part);
  return Buffer.concat([length, sum.digest(), mark]);
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR'].includes(code)) return null;
    throw error;
  }
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  if (position < 0 || length > fstatSync(descriptor).size) throw new Error('a file that is cut');
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const read = readSync(descriptor, bytes, done, length - done, position + done);
    if (read === 0) throw new Error('a file that is cut');
    done += read;
  }
  return bytes;
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  }
}
