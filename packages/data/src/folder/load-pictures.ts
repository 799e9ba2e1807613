// A folder of pictures as a data set: found, split, decoded on every core and made into images of one size, or taken
// from the cache of those that were decoded before.
import { ConfigurationError } from '@convbook/core';
import { checkFunction, checkObject, checkOptionNames, checkPath } from '@convbook/core/checks';
import type { Dataset } from '../dataset.ts';
import { ChangedSamplesError } from '../sample-reader.ts';
import { cacheKeys } from './cache/cache-key.ts';
import {
  decodePictures,
  findDecoded,
  type DecodedPictures,
  type Wanted,
} from './cache/decoded-pictures.ts';
import { openPictureCache, type PictureCache } from './cache/picture-cache.ts';
import { checkFiles } from './check-sides.ts';
import { chooseSize } from './choose-size.ts';
import { refuseDamaged } from './damaged.ts';
import type { DecodingOptions } from './decode-all.ts';
import { toDataset, type ReadPictures } from './picture-dataset.ts';
import { readPictureFolder } from './picture-folder.ts';
import { toPictureSettings, type ImageSize, type PictureSettings } from './picture-settings.ts';
import { hashContents, splitByContent } from './split-by-content.ts';
import { mostBytes } from './why-streamed.ts';

/** How a folder of pictures is read. */
export interface PictureFolderOptions extends PictureSettings, DecodingOptions {
  /** A folder that keeps the decoded pictures for the next time; without it they are decoded every time. */
  readonly cache?: string | undefined;
  /**
   * Whether images stay in the file of the cache and are read sample by sample. Default: where they do not fit the
   * memory there is.
   */
  readonly stream?: boolean | undefined;
  /** Hears of a cache that is made again or cannot be written. */
  onNote?: ((line: string) => void) | undefined;
}

const optionNames = {
  size: true,
  channels: true,
  fit: true,
  background: true,
  testShare: true,
  skipDamaged: true,
  cache: true,
  stream: true,
  signal: true,
  onProgress: true,
  onNote: true,
} as const satisfies Record<keyof PictureFolderOptions, true>;

/**
 * Reads a folder of pictures: `train/` and `test/` with a folder a class, class folders alone, or a list
 * `file_name,label`. Where there is one set, a fifth of the pictures, chosen by their content, tests the model.
 *
 * @throws DataError when there are no pictures to train or to test, or some are damaged.
 * @throws ConfigurationError for a setting that cannot be.
 * @throws the signal's reason once it is aborted.
 */
export async function loadPictureFolder(
  folder: string,
  options: PictureFolderOptions = {},
): Promise<Dataset> {
  checkPath('loadPictureFolder folder', folder);
  checkObject('loadPictureFolder options', options, "{ fit: 'contain' }");
  checkOptionNames('loadPictureFolder', options, optionNames);
  const { cache: place, stream, onNote = () => undefined } = options;
  if (place !== undefined) checkPath('cache', place);
  for (const name of ['onNote', 'onProgress'] as const) {
    if (options[name] !== undefined) checkFunction(name, options[name], `${name}(given) { … }`);
  }
  const settings = toPictureSettings(options);
  const found = readPictureFolder(folder);
  const files = [...found.train, ...(found.test ?? [])];
  const given = givenOf(options);
  const read = { folder, found, files, given, settings, stream };
  const keys = cacheKeys(found.folder, files, settings);
  const wanted = { folder: found.folder, files, settings, keys };
  const cache = place === undefined ? null : openPictureCache(place, onNote);
  const kept = cache && findKept(wanted, cache);
  if (kept !== null) {
    try {
      return toDataset(read, kept);
    } catch (error) {
      if (!(error instanceof ChangedSamplesError)) throw error;
      onNote(`${error.message.replace(/; .*/, '')}; the pictures are decoded again`);
    }
  }
  return toDataset(read, await decodeAnew(read, wanted, cache, options));
}

function findKept(wanted: Wanted, cache: PictureCache): DecodedPictures | null {
  const { settings, keys } = wanted;
  const size = settings.size ?? cache.chosenSize(keys.chosenSize);
  return size && findDecoded(wanted, size, cache);
}

async function decodeAnew(
  { folder, found, files, settings, stream }: ReadPictures,
  wanted: Wanted,
  cache: PictureCache | null,
  { signal, onProgress, onNote }: PictureFolderOptions,
): Promise<DecodedPictures> {
  const contents = found.test === null ? await hashContents(found.folder, files, signal) : null;
  const sides = splitByContent(found, contents, settings.testShare);
  checkFiles(folder, sides);
  const size =
    settings.size ?? (await chooseSize(found.folder, [...sides.train, ...sides.test], signal));
  const decoded = await decodePictures(wanted, size, contents, {
    signal,
    onProgress,
    cache,
    check: ({ pictures }) => {
      if (settings.skipDamaged) return;
      const damaged = files.flatMap(({ path }, at) => {
        const picture = pictures[at];
        return 'problem' in picture ? [{ path, problem: picture.problem }] : [];
      });
      refuseDamaged(folder, damaged, files.length);
    },
    onMemory: (reason) => {
      checkMemory(files.length, size, stream, reason);
      if (cache === null) return;
      onNote?.(`decoded pictures cannot be kept, got ${reason}: every start decodes them again`);
    },
  });
  if (settings.size === undefined) cache?.keepSize(wanted.keys.chosenSize, size);
  return decoded;
}

/** Refuses images that can only be in memory where they cannot. */
function checkMemory(
  count: number,
  { height, width }: ImageSize,
  stream: boolean | undefined,
  reason: string,
): void {
  const bytes = count * 3 * height * width;
  if (stream === true) {
    throw new ConfigurationError(
      `stream: expected a folder for decoded pictures that can be written, got ${reason}; make room for ${bytes} bytes, or leave it out`,
    );
  }
  if (bytes <= mostBytes) return;
  throw new ConfigurationError(
    `size: expected at most ${mostBytes} bytes of images, as decoded pictures cannot be kept in a file, got ${count} of ${width} × ${height}, ${bytes} bytes; take smaller images`,
  );
}

/** The settings that were given. */
function givenOf(options: PictureFolderOptions): PictureSettings {
  const { size, channels, fit, background, testShare, skipDamaged } = options;
  return { size, channels, fit, background, testShare, skipDamaged };
}
