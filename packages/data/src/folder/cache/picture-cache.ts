// What is kept of the decoded pictures of a folder, and for how long.
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { stateOf } from '@convbook/core/node';
import type { ImageSize } from '../picture-settings.ts';
import {
  createCacheFile,
  keeping,
  readCacheFile,
  temporaryCache,
  temporaryName,
  type CacheFile,
  type CacheWriter,
} from './cache-file.ts';

const month = 30 * 24 * 60 * 60 * 1000;
const mostBytes = 21_474_836_480;

/** A folder of caches. None of its methods but `create` throws: what is damaged is as good as missing. */
export interface PictureCache {
  /** The images of a key; null where there are none, or none that are whole. */
  open(key: string, count: number): CacheFile | null;
  /** Begins the images of a key. @throws CannotKeepError when the system refuses. */
  create(key: string, count: number, stride: number): CacheWriter;
  chosenSize(key: string): ImageSize | null;
  keepSize(key: string, size: ImageSize): void;
}

/** Opens a folder of caches; `tell` hears of a cache that is made again. */
export function openPictureCache(folder: string, tell: (line: string) => void): PictureCache {
  const place = (key: string) => join(folder, `pictures-${key}.cache`);
  const sizePlace = (key: string) => join(folder, `pictures-${key}.json`);
  return {
    open(key, count) {
      try {
        const file = readCacheFile(place(key), key, count);
        if (file !== null) touch(file.path);
        return file;
      } catch (error) {
        tell(
          `${place(key)}: expected a whole cache of decoded pictures, got ${messageOf(error)}; it is made again`,
        );
        return null;
      }
    },
    create(key, count, stride) {
      keeping(() => {
        mkdirSync(folder, { recursive: true });
        removeOld(folder, count * stride);
      });
      return createCacheFile(place(key), count, stride);
    },
    chosenSize: (key) => readSize(sizePlace(key)),
    keepSize(key, { height, width }) {
      try {
        const temporary = temporaryName(sizePlace(key));
        writeFileSync(temporary, JSON.stringify({ height, width }));
        renameSync(temporary, sizePlace(key));
      } catch {
        // It is chosen again.
      }
    },
  };
}

function messageOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

/** A file's time of change says when it was last used. */
function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // A folder that can only be read.
  }
}

function readSize(path: string): ImageSize | null {
  try {
    const { height, width } = JSON.parse(readFileSync(path, 'utf8')) as Partial<ImageSize>;
    const isSize = (side: unknown) => Number.isInteger(side) && Number(side) > 0;
    touch(path);
    return isSize(height) && isSize(width)
      ? { height: Number(height), width: Number(width) }
      : null;
  } catch {
    return null;
  }
}

/**
 * Removes what killed processes left, what was not used for a month and, the longest unused first, what is beyond
 * 20 GiB together with `moreBytes` that come.
 */
function removeOld(folder: string, moreBytes: number): void {
  const found = readdirSync(folder)
    .filter((name) => name.startsWith('pictures-'))
    .flatMap((name) => {
      const stats = statSync(join(folder, name), { throwIfNoEntry: false });
      return stats ? { name, bytes: stats.size, usedAt: stats.mtimeMs } : [];
    })
    .sort((a, b) => b.usedAt - a.usedAt);
  let bytes = moreBytes;
  for (const { name, bytes: own, usedAt } of found) {
    bytes += own;
    const [, process] = temporaryCache.exec(name) ?? [];
    const isOld = bytes > mostBytes || Date.now() - usedAt > month;
    const isLeft = process !== undefined && stateOf(Number(process)) === 'ended';
    if (process === undefined ? isOld : isLeft) rmSync(join(folder, name), { force: true });
  }
}
