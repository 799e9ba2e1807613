// A folder of pictures as a data set: found, split, decoded on every core and made into images of one size, or taken
// from the cache of those that were decoded before.
import { basename, resolve } from 'node:path';
import { ConfigurationError, DataError } from '@convbook/core';
import { checkObject, checkPath, printable } from '@convbook/core/checks';
import { samplesHash } from '../data-hashes.ts';
import type { Dataset } from '../dataset.ts';
import { ChangedSamplesError } from '../sample-reader.ts';
import { fromSource } from '../source-of.ts';
import type { CacheIndex } from './cache/cache-file.ts';
import { cacheKeys } from './cache/cache-key.ts';
import {
  areAllGrey,
  decodePictures,
  findDecoded,
  type DecodedPictures,
  type Wanted,
} from './cache/decoded-pictures.ts';
import { openPictureCache, type PictureCache } from './cache/picture-cache.ts';
import { chooseSize } from './choose-size.ts';
import { refuseDamaged, type Damaged } from './damaged.ts';
import type { DecodingOptions } from './decode-all.ts';
import { toImageSet } from './image-sets.ts';
import { pictureNotes } from './picture-notes.ts';
import { readPictureFolder, type LabelledFile, type PictureFolder } from './picture-folder.ts';
import { toPictureSettings, type ImageSize, type PictureSettings } from './picture-settings.ts';
import { hashContents, splitByContent, type SplitFiles } from './split-by-content.ts';
import { mostBytes, whyStreamed } from './why-streamed.ts';

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
  const { cache: place, onNote = () => undefined } = options;
  const settings = toPictureSettings(options);
  const found = readPictureFolder(folder);
  const files = [...found.train, ...(found.test ?? [])];
  const keys = cacheKeys(found.folder, files, settings);
  const wanted = { folder: found.folder, files, settings, keys };
  const reading = { folder, found, files, wanted, options };
  const cache = place === undefined ? null : openPictureCache(place, onNote);
  const kept = cache && findKept(wanted, cache);
  if (kept !== null) {
    try {
      return toDataset(reading, kept);
    } catch (error) {
      if (!(error instanceof ChangedSamplesError)) throw error;
      onNote(`${error.message.replace(/; .*/, '')}; the pictures are decoded again`);
    }
  }
  return toDataset(reading, await decodeAnew(reading, cache));
}

/** What is read, and how. */
interface Reading {
  /** As given. */
  readonly folder: string;
  readonly found: PictureFolder;
  readonly files: readonly LabelledFile[];
  readonly options: PictureFolderOptions;
  readonly wanted: Wanted;
}

function findKept(wanted: Wanted, cache: PictureCache): DecodedPictures | null {
  const { settings, keys } = wanted;
  const size = settings.size ?? cache.chosenSize(keys.chosenSize);
  return size && findDecoded(wanted, size, cache);
}

async function decodeAnew(reading: Reading, cache: PictureCache | null): Promise<DecodedPictures> {
  const { folder, found, files, wanted, options } = reading;
  const { settings, keys } = wanted;
  const { signal, onProgress, onNote, stream } = options;
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
      refuseDamaged(folder, damagedOf(sides, files, pictures), files.length);
    },
    onMemory: (reason) => {
      checkMemory(files.length, size, stream, reason);
      if (cache === null) return;
      onNote?.(`decoded pictures cannot be kept, got ${reason}: every start decodes them again`);
    },
  });
  if (settings.size === undefined) cache?.keepSize(keys.chosenSize, size);
  return decoded;
}

function toDataset(
  { folder, found, files, wanted: { settings }, options }: Reading,
  decoded: DecodedPictures,
): Dataset {
  const { index, size } = decoded;
  const sides = splitByContent(found, index.contents, settings.testShare);
  const damaged = damagedOf(sides, files, index.pictures);
  const channels = { grey: 1, rgb: 3 }[settings.channels ?? (areAllGrey(index) ? 'grey' : 'rgb')];
  const sampleShape = [channels, size.height, size.width] as const;
  const sampleBytes = channels * size.height * size.width;
  const reason = whyStreamed(files.length * sampleBytes, options.stream);
  const places = new Map(files.map((file, place) => [file, place]));
  const [train, test] = [sides.train, sides.test].map((side) => {
    const placed = side.flatMap((file) => {
      const place = places.get(file) ?? 0;
      return 'problem' in index.pictures[place] ? [] : { place, label: file.label };
    });
    return toImageSet(decoded, placed, sampleBytes, reason);
  });
  checkSides(folder, { train: train.labels, test: test.labels });
  const name = basename(resolve(folder));
  const { classNames } = found;
  const samples = { sampleShape, train, test };
  return fromSource({
    name,
    classNames,
    ...samples,
    sha256: { pictures: samplesHash(samples) },
    scaling: 'byte / 255',
    pictures: {
      fit: settings.fit,
      orientation: 'upright',
      ground: null,
      background: settings.background,
    },
    attribution: attributionOf(name, damaged),
    notes: pictureNotes(found, samples, damaged),
    source: { kind: 'pictures', path: resolve(folder), typed: folder, settings: givenOf(options) },
  });
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

/** Before anything is decoded; where all files are empty, decoding tells of them. */
function checkFiles(folder: string, { train, test }: SplitFiles): void {
  const isFull = ({ sizeBytes }: LabelledFile) => sizeBytes > 0;
  const sides = { train: train.filter(isFull), test: test.filter(isFull) };
  if (sides.train.length + sides.test.length > 0) checkSides(folder, sides);
}

/** Both sets need a sample. */
function checkSides(folder: string, sides: Readonly<Record<'train' | 'test', ArrayLike<unknown>>>) {
  for (const side of ['train', 'test'] as const) {
    if (sides[side].length > 0) continue;
    const [count, remedy] =
      side === 'train'
        ? [sides.test.length, 'add pictures']
        : [sides.train.length, 'add pictures, or give the test a larger share'];
    throw new DataError(
      `${printable(folder)}: expected pictures to train and to test, got none to ${side} among ${count}; ${remedy}`,
    );
  }
}

/** The damaged files, those to train first. */
function damagedOf(
  { train, test }: SplitFiles,
  files: readonly LabelledFile[],
  pictures: CacheIndex['pictures'],
): Damaged[] {
  const problems = new Map(
    files.flatMap((file, at) => {
      const picture = pictures[at];
      return 'problem' in picture ? [[file, picture.problem] as const] : [];
    }),
  );
  return [...train, ...test].flatMap((file) => {
    const problem = problems.get(file);
    return problem === undefined ? [] : { path: file.path, problem };
  });
}

function attributionOf(name: string, damaged: readonly Damaged[]): string {
  const skipped = damaged.length === 0 ? '' : `; ${damaged.length} damaged ones are passed over`;
  return `Pictures from the folder ${name}${skipped}`;
}

function givenOf(options: PictureFolderOptions): PictureSettings {
  const { size, channels, fit, background, testShare, skipDamaged } = options;
  return { size, channels, fit, background, testShare, skipDamaged };
}
