// The decoded pictures of a folder: from the cache, or decoded into it; into memory where there is none.
import { join } from 'node:path';
import { decodeAll, type DecodingOptions } from '../decode-all.ts';
import type { ListedFile } from '../list-files.ts';
import type { ImageSize, ResolvedSettings } from '../picture-settings.ts';
import {
  CannotKeepError,
  type CachedPicture,
  type CacheFile,
  type CacheIndex,
  type CacheWriter,
} from './cache-file.ts';
import type { CacheKeys } from './cache-key.ts';
import type { PictureCache } from './picture-cache.ts';

/** Images of one size, one for each file; those of damaged files are undefined. */
export interface DecodedPictures {
  readonly index: CacheIndex;
  readonly size: ImageSize;
  /** Where the images are: in a file, or `[files, stride]` in memory. */
  readonly images: CacheFile | Uint8Array;
}

/** Which pictures are decoded, and how. */
export interface Wanted {
  readonly folder: string;
  readonly files: readonly ListedFile[];
  readonly settings: ResolvedSettings;
  readonly keys: CacheKeys;
}

/**
 * The decoded pictures in the cache; null where it does not have them. Images of three channels serve as grey ones
 * where all pictures are grey.
 */
export function findDecoded(
  { files, settings, keys }: Wanted,
  size: ImageSize,
  cache: PictureCache,
): DecodedPictures | null {
  const colours = cache.open(keys.images(size, 3), files.length);
  const isGrey = settings.channels === 'grey';
  if (colours && (!isGrey || areAllGrey(colours.index))) {
    return { index: colours.index, size, images: colours };
  }
  const greys = isGrey ? cache.open(keys.images(size, 1), files.length) : null;
  return greys && { index: greys.index, size, images: greys };
}

/** Whether every picture that could be decoded is grey. */
export function areAllGrey({ pictures }: CacheIndex): boolean {
  return pictures.every((picture) => 'problem' in picture || picture.isGrey);
}

/** How pictures are decoded and kept. */
export interface CachingOptions extends DecodingOptions {
  readonly cache: PictureCache | null;
  /** Throws for pictures that are not kept. */
  check(index: CacheIndex): void;
  /** Hears, or refuses by an error, that they are in memory, and why. */
  onMemory(reason: string): void;
}

/**
 * Decodes pictures in three channels unless grey is asked for, into a file of the cache where that can be written.
 *
 * @throws the signal's reason once it is aborted, and what `check` throws; nothing is left then.
 */
export async function decodePictures(
  wanted: Wanted,
  size: ImageSize,
  contents: CacheIndex['contents'],
  options: CachingOptions,
): Promise<DecodedPictures> {
  const { cache, onMemory, check } = options;
  const channels = wanted.settings.channels === 'grey' ? 1 : 3;
  const [count, stride] = [wanted.files.length, channels * size.height * size.width];
  const key = wanted.keys.images(size, channels);
  const decodeInto = async (store: Pick<CacheWriter, 'write'>): Promise<CacheIndex> => {
    const shape = [channels, size.height, size.width] as const;
    const pictures = await writeImages(store, wanted, shape, options);
    const index = { key, stride, pictures, contents };
    check(index);
    return index;
  };
  if (cache !== null) {
    try {
      const images = await whole(cache.create(key, count, stride), decodeInto);
      return { index: images.index, size, images };
    } catch (error) {
      if (!(error instanceof CannotKeepError)) throw error;
      onMemory(error.message);
    }
  } else onMemory('none');
  const images = new Uint8Array(count * stride);
  const index = await decodeInto({ write: (at, image) => images.set(image, at * stride) });
  return { index, size, images };
}

/** A file that is there as a whole, or not at all. */
async function whole(
  file: CacheWriter,
  fill: (file: CacheWriter) => Promise<CacheIndex>,
): Promise<CacheFile> {
  try {
    return file.finish(await fill(file));
  } finally {
    file.abandon();
  }
}

async function writeImages(
  store: Pick<CacheWriter, 'write'>,
  { folder, files, settings: { fit, background } }: Wanted,
  shape: readonly [number, number, number],
  { onProgress, signal }: DecodingOptions,
): Promise<CachedPicture[]> {
  const making = { shape, fit, background };
  const pictures = new Array<CachedPicture>(files.length);
  await decodeAll(
    files.map(({ path }) => ({ path: join(folder, path), where: path })),
    (decoder, file) => decoder.decodeImage(file.path, file.where, making),
    (at, decoded) => {
      if ('problem' in decoded) {
        pictures[at] = decoded;
        return;
      }
      const { bytes, ...picture } = decoded.result;
      store.write(at, bytes);
      pictures[at] = picture;
    },
    { onProgress, signal },
  );
  return pictures;
}
