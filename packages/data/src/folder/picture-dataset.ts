// From decoded pictures to a data set.
import { basename, resolve } from 'node:path';
import { samplesHash } from '../data-hashes.ts';
import type { DamagedFile, SampleFile } from '../dataset-files.ts';
import type { Dataset, ImageSet } from '../dataset.ts';
import { fromSource } from '../source-of.ts';
import type { CachedPicture } from './cache/cache-file.ts';
import { areAllGrey, type DecodedPictures } from './cache/decoded-pictures.ts';
import { checkSides } from './check-sides.ts';
import { refuseDamaged } from './damaged.ts';
import { toImageSet } from './image-sets.ts';
import type { LabelledFile, PictureFolder } from './picture-folder.ts';
import { pictureNotes } from './picture-notes.ts';
import type { PictureSettings, ResolvedSettings } from './picture-settings.ts';
import { splitByContent } from './split-by-content.ts';
import { whyStreamed } from './why-streamed.ts';

/** What was read, and how. */
export interface ReadPictures {
  /** As given. */
  readonly folder: string;
  readonly found: PictureFolder;
  /** Those that were decoded, in their order. */
  readonly files: readonly LabelledFile[];
  readonly given: PictureSettings;
  readonly settings: ResolvedSettings;
  /** Whether images stay in the file of the cache; undefined where the memory decides. */
  readonly stream: boolean | undefined;
}

/**
 * The data set of decoded pictures.
 *
 * @throws DataError where damaged ones may not be passed over, or a set has no sample.
 * @throws ChangedSamplesError when the file of the cache no longer has what was written.
 */
export function toDataset(read: ReadPictures, decoded: DecodedPictures): Dataset {
  const { folder, found, files, given, settings } = read;
  const { index, size } = decoded;
  const sides = splitByContent(found, index.contents, settings.testShare);
  const places = new Map(files.map((file, at) => [file, { at, picture: index.pictures[at] }]));
  const pictures = { train: placed(sides.train, places), test: placed(sides.test, places) };
  const damaged = [...pictures.train, ...pictures.test].flatMap(damagedOf);
  if (!settings.skipDamaged) refuseDamaged(folder, damaged, files.length);
  const channels = { grey: 1, rgb: 3 }[settings.channels ?? (areAllGrey(index) ? 'grey' : 'rgb')];
  const sampleShape = [channels, size.height, size.width] as const;
  const sampleBytes = channels * size.height * size.width;
  const reason = whyStreamed(files.length * sampleBytes, read.stream);
  const toSet = (side: readonly PlacedFile[]): ImageSet =>
    toImageSet(decoded, side.filter(isWhole), sampleBytes, reason);
  const samples = { sampleShape, train: toSet(pictures.train), test: toSet(pictures.test) };
  checkSides(folder, { train: samples.train.labels, test: samples.test.labels });
  const name = basename(resolve(folder));
  return fromSource({
    name,
    classNames: found.classNames,
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
      folder: resolve(found.folder),
      layout: found.layout,
      train: pictures.train.flatMap(sampleFileOf),
      test: pictures.test.flatMap(sampleFileOf),
      damaged,
      passedOver: found.passedOver,
    },
    notes: pictureNotes(found, samples, damaged),
    source: { kind: 'pictures', path: resolve(folder), typed: folder, settings: given },
  });
}

/** A file, the place of its image, and what it became. */
interface PlacedFile {
  readonly path: string;
  readonly label: number;
  readonly place: number;
  readonly picture: CachedPicture;
}

function placed(
  side: readonly LabelledFile[],
  places: ReadonlyMap<LabelledFile, { readonly at: number; readonly picture: CachedPicture }>,
): PlacedFile[] {
  return side.flatMap((file) => {
    const found = places.get(file);
    if (found === undefined) return [];
    return [{ path: file.path, label: file.label, place: found.at, picture: found.picture }];
  });
}

function isWhole({ picture }: PlacedFile): boolean {
  return !('problem' in picture);
}

function damagedOf({ path, picture }: PlacedFile): DamagedFile[] {
  return 'problem' in picture ? [{ path, problem: picture.problem }] : [];
}

function sampleFileOf({ path, picture }: PlacedFile): SampleFile[] {
  if ('problem' in picture) return [];
  return [{ path, width: picture.width, height: picture.height }];
}

function attributionOf(name: string, damaged: readonly DamagedFile[]): string {
  const skipped = damaged.length === 0 ? '' : `; ${damaged.length} damaged ones are passed over`;
  return `Pictures from the folder ${name}${skipped}`;
}
