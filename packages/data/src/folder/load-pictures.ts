// A folder of pictures as a data set: found, split, decoded on every core and made into images of one size.
import { basename, join, resolve } from 'node:path';
import { ConfigurationError, DataError } from '@convbook/core';
import { checkObject, checkPath, printable } from '@convbook/core/checks';
import { pictureImage } from '@convbook/core/pictures';
import { samplesHash } from '../data-hashes.ts';
import type { DamagedFile, SampleFile } from '../dataset-files.ts';
import type { Dataset } from '../dataset.ts';
import { fromSource } from '../source-of.ts';
import { chooseSize } from './choose-size.ts';
import { refuseDamaged } from './damaged.ts';
import { decodeAll, type DecodingOptions } from './decode-all.ts';
import { isGrey, toImageSet, type LabelledImage } from './labelled-images.ts';
import { pictureNotes } from './picture-notes.ts';
import { readPictureFolder, type LabelledFile } from './picture-folder.ts';
import {
  toPictureSettings,
  type ImageSize,
  type PictureSettings,
  type ResolvedSettings,
} from './picture-settings.ts';
import { splitByContent } from './split-by-content.ts';

/** 2 GiB: they lie in memory, twice while they are put together. */
const mostBytes = 2_147_483_648;

/** How a folder of pictures is read. */
export type PictureFolderOptions = PictureSettings & Omit<DecodingOptions, 'background'>;

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
  const settings = toPictureSettings(options);
  const found = readPictureFolder(folder);
  const files = await splitByContent(found, settings.testShare, options.signal);
  checkSides(folder, files);
  const all = [...files.train, ...files.test];
  const size = settings.size ?? (await chooseSize(found.folder, all, options.signal));
  checkMemory(all.length, size);
  const { images, damaged } = await readImages(found.folder, all, { ...settings, size }, options);
  if (!settings.skipDamaged) refuseDamaged(folder, damaged, all.length);
  const isAllGrey = [...images.values()].every((image) => image.isGrey);
  const channels = { grey: 1, rgb: 3 }[settings.channels ?? (isAllGrey ? 'grey' : 'rgb')];
  const sampleShape = [channels, size.height, size.width] as const;
  const [train, test] = [files.train, files.test].map((side) =>
    toImageSet(
      side.flatMap((file) => images.get(file) ?? []),
      sampleShape,
    ),
  );
  checkSides(folder, { train: train.labels, test: test.labels });
  const name = basename(resolve(folder));
  const { classNames, layout, passedOver } = found;
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
    files: {
      layout,
      train: sampleFiles(files.train, images),
      test: sampleFiles(files.test, images),
      damaged,
      passedOver,
    },
    notes: pictureNotes(found, samples, damaged),
    source: { kind: 'pictures', path: resolve(folder), typed: folder, settings: givenOf(options) },
  });
}

function checkMemory(count: number, { height, width }: ImageSize): void {
  const bytes = count * 3 * height * width;
  if (bytes <= mostBytes) return;
  throw new ConfigurationError(
    `size: expected at most ${mostBytes} bytes of images, got ${count} of ${width} × ${height}, ${bytes} bytes; take smaller images`,
  );
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

interface ReadImages {
  readonly images: ReadonlyMap<LabelledFile, LabelledImage>;
  readonly damaged: readonly DamagedFile[];
}

/** The images of the files that can be decoded, in three channels unless grey is asked for. */
async function readImages(
  folder: string,
  files: readonly LabelledFile[],
  { size, channels, fit, background }: ResolvedSettings & { readonly size: ImageSize },
  { onProgress, signal }: DecodingOptions,
): Promise<ReadImages> {
  const shape = [channels === 'grey' ? 1 : 3, size.height, size.width] as const;
  const decoded = await decodeAll(
    files.map(({ path }) => ({ path: join(folder, path), where: path })),
    (picture) => ({
      isGrey: isGrey(picture),
      width: picture.width,
      height: picture.height,
      bytes: pictureImage(picture, shape, fit, background),
    }),
    { background, onProgress, signal },
  );
  const images = new Map<LabelledFile, LabelledImage>();
  const damaged: DamagedFile[] = [];
  for (const [at, file] of files.entries()) {
    const one = decoded[at];
    if ('result' in one) images.set(file, { ...one.result, label: file.label });
    else damaged.push({ path: file.path, problem: one.problem });
  }
  return { images, damaged };
}

/** The files that became images. */
function sampleFiles(
  files: readonly LabelledFile[],
  images: ReadonlyMap<LabelledFile, LabelledImage>,
): SampleFile[] {
  return files.flatMap((file) => {
    const image = images.get(file);
    return image === undefined
      ? []
      : [{ path: file.path, width: image.width, height: image.height }];
  });
}

function attributionOf(name: string, damaged: readonly DamagedFile[]): string {
  const skipped = damaged.length === 0 ? '' : `; ${damaged.length} damaged ones are passed over`;
  return `Pictures from the folder ${name}${skipped}`;
}

function givenOf(options: PictureFolderOptions): PictureSettings {
  const { size, channels, fit, background, testShare, skipDamaged } = options;
  return { size, channels, fit, background, testShare, skipDamaged };
}
