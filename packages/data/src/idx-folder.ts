import { basename, join, resolve } from 'node:path';
import { DataError, maskUnprintable } from '@convbook/core';
import { checkObject, checkOptionNames, checkPath } from '@convbook/core/checks';
import { classesOf, labelNotes, toClassIndexes, type Classes } from './class-labels.ts';
import { findMapping, readMapping } from './class-mapping.ts';
import type { Dataset, ImageSet } from './dataset.ts';
import { findFile, listFolder, type Kind } from './find-files.ts';
import { readIdx, type IdxFile } from './idx.ts';
import { reading } from './reading.ts';
import { fromSource } from './source-of.ts';
import { transposeImages } from './transpose.ts';

/** How the files of a folder are read. */
export interface IdxFolderOptions {
  /** Exchanges rows and columns of each image: those of EMNIST lie so. Default false. */
  readonly transpose?: boolean | undefined;
}

const optionNames = { transpose: true } as const satisfies Record<keyof IdxFolderOptions, true>;

/**
 * Reads a folder with the four IDX files of MNIST, Fashion-MNIST, KMNIST or one split of EMNIST.
 *
 * Names as published: `train-images-idx3-ubyte`, also `.idx3-ubyte`, `.gz`, `test-` for `t10k-` and
 * a prefix such as `emnist-letters-`; an unpacked file is preferred to its `.gz`. The smallest label is
 * class 0 and there are classes to the largest in training, named by their labels; a file such as
 * `emnist-letters-mapping.txt` names them instead. Throws DataError for missing, ambiguous or
 * invalid files, and where their counts or sizes disagree.
 */
export function loadIdxFolder(folder: string, options: IdxFolderOptions = {}): Dataset {
  checkPath('loadIdxFolder folder', folder);
  checkObject('loadIdxFolder options', options, '{ transpose: true }');
  checkOptionNames('loadIdxFolder', options, optionNames);
  const { transpose = false } = options;
  const names = listFolder(folder);
  const { train, test, prefix } = readFiles(folder, names);
  checkTogether(train, test);
  const mapping = findMapping(names, prefix);
  const mapped = mapping === null ? null : readMapping(folder, mapping);
  const classes = mapped ?? classesOf(train.labels.data, test.labels.data);
  const [, height, width] = train.images.shape;
  const name = basename(resolve(folder));
  const notes = [
    ...labelNotes(classes),
    ...(mapped === null ? [] : [`classes are named as in ${maskUnprintable(mapped.name)}`]),
    ...orientationNotes(prefix, transpose),
  ];
  return fromSource({
    name,
    sampleShape: transpose ? [1, width, height] : [1, height, width],
    classNames: classes.names,
    train: toImageSet(train, classes, transpose),
    test: toImageSet(test, classes, transpose),
    sha256: hashesOf([train.images, train.labels, test.images, test.labels, mapped]),
    scaling: 'byte / 255',
    attribution: `IDX files from the folder ${name}`,
    ...(notes.length > 0 ? { notes } : {}),
    ...(transpose ? { transposed: true } : {}),
    source: { kind: 'folder', path: resolve(folder), typed: folder },
  });
}

/** By name, in the order of the files; null is none. */
function hashesOf(files: readonly ({ name: string; sha256: string } | null)[]) {
  const present = files.filter((file) => file !== null);
  return Object.fromEntries(present.map(({ name, sha256 }) => [name, sha256]));
}

/** The four files, and what their names begin with. */
function readFiles(folder: string, names: readonly string[]) {
  const read = (kind: Kind, axes: 1 | 3): NamedIdx => {
    const name = reading(folder, () => findFile(folder, names, kind, axes));
    const path = join(folder, name);
    return { ...readIdx(path, axes), name, path };
  };
  const train = { images: read('train-images', 3), labels: read('train-labels', 1) };
  const test = { images: read('t10k-images', 3), labels: read('t10k-labels', 1) };
  const prefix = basename(train.images.name).replace(/train-images.*/, '');
  return { train, test, prefix };
}

// EMNIST has its images in columns, as MATLAB does.
function orientationNotes(prefix: string, transpose: boolean): string[] {
  if (transpose || !prefix.includes('emnist')) return [];
  return ['images of EMNIST lie transposed; --transpose turns them upright'];
}

interface NamedIdx extends IdxFile {
  /** Path within the folder. */
  readonly name: string;
  readonly path: string;
}

interface Files {
  readonly images: NamedIdx;
  readonly labels: NamedIdx;
}

function checkTogether(train: Files, test: Files): void {
  const [, height, width] = train.images.shape;
  const [, testHeight, testWidth] = test.images.shape;
  if (testHeight !== height || testWidth !== width) {
    throw new DataError(
      `${test.images.path}: expected images of ${height} × ${width} as for training, got ${testHeight} × ${testWidth}; use files of one data set`,
    );
  }
  for (const { images, labels } of [train, test]) {
    const [count] = images.shape;
    if (labels.shape[0] === count) continue;
    throw new DataError(
      `${labels.path}: expected ${count} labels, one for each image, got ${labels.shape[0]}; use files of one data set`,
    );
  }
}

function toImageSet({ images, labels }: Files, classes: Classes, transpose: boolean): ImageSet {
  const [count, height, width] = images.shape;
  toClassIndexes(labels.path, labels.data, classes);
  if (transpose) transposeImages(images.data, [height, width]);
  return { images: images.data, labels: labels.data, count };
}
