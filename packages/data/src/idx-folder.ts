import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DataError, maskUnprintable } from '@convbook/core';
import { checkLabels, type Dataset, type ImageSet } from './dataset.ts';
import { readIdx } from './idx.ts';
import { fromSource } from './source-of.ts';

/**
 * Reads a folder with the four IDX files of MNIST, Fashion-MNIST, KMNIST or one split of EMNIST.
 *
 * Names as published: `train-images-idx3-ubyte`, also `.idx3-ubyte`, `.gz`, `test-` for `t10k-` and
 * a prefix such as `emnist-letters-`; an unpacked file is preferred to its `.gz`. There are as many
 * classes as the largest training label plus one. Throws DataError for missing, ambiguous or
 * invalid files, and where their counts or sizes disagree.
 */
export function loadIdxFolder(folder: string): Dataset {
  const names = listFolder(folder);
  const sha256: Record<string, string> = {};
  const read = (kind: Kind, axes: 1 | 3) => {
    const name = findFile(folder, names, kind, axes);
    const file = readIdx(join(folder, name), axes);
    sha256[name] = file.sha256;
    return { ...file, path: join(folder, name) };
  };
  const train = { images: read('train-images', 3), labels: read('train-labels', 1) };
  const test = { images: read('t10k-images', 3), labels: read('t10k-labels', 1) };
  const [, height, width] = train.images.shape;
  if (test.images.shape[1] !== height || test.images.shape[2] !== width) {
    throw new DataError(
      `${test.images.path}: expected images of ${height} × ${width} as for training, got ${test.images.shape[1]} × ${test.images.shape[2]}; use files of one data set`,
    );
  }
  const classCount = train.labels.data.reduce((most, label) => Math.max(most, label), 0) + 1;
  return fromSource({
    name: basename(resolve(folder)),
    sampleShape: [1, height, width],
    classNames: Array.from({ length: classCount }, (_, label) => String(label)),
    train: toImageSet(train, classCount),
    test: toImageSet(test, classCount),
    sha256,
    scaling: 'byte / 255',
    attribution: `IDX files from the folder ${basename(resolve(folder))}`,
    source: { kind: 'folder', path: resolve(folder), typed: folder },
  });
}

type Kind = 'train-images' | 'train-labels' | 't10k-images' | 't10k-labels';
type NamedIdx = ReturnType<typeof readIdx> & { path: string };

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new DataError(
      `${folder}: expected a folder of IDX files, got ${code ?? message}; check the path`,
      { cause },
    );
  }
}

function findFile(folder: string, names: string[], kind: Kind, axes: number): string {
  const spelling = kind.replace('t10k', '(t10k|test)');
  const pattern = new RegExp(`^(.+-)?${spelling}[-.]idx${axes}-ubyte(\\.gz)?$`);
  const found = names.filter((name) => pattern.test(name));
  const unpacked = new Set(found.map((name) => name.replace(/\.gz$/, '')));
  if (unpacked.size === 1) return found.find((name) => !name.endsWith('.gz')) ?? found[0];
  const got = found.length > 0 ? found.sort().map(shown).join(', ') : 'none';
  throw new DataError(
    `${folder}: expected one file ${kind}-idx${axes}-ubyte (or .gz), got ${got}; put the four IDX files of one data set there`,
  );
}

/** A file name, which may hold anything, on one line without control characters. */
function shown(name: string): string {
  return maskUnprintable(name.slice(0, 100));
}

function toImageSet(files: { images: NamedIdx; labels: NamedIdx }, classCount: number): ImageSet {
  const { images, labels } = files;
  const [count] = images.shape;
  if (labels.shape[0] !== count) {
    throw new DataError(
      `${labels.path}: expected ${count} labels, one for each image, got ${labels.shape[0]}; use files of one data set`,
    );
  }
  checkLabels(labels.path, labels.data, classCount);
  return { images: images.data, labels: labels.data, count };
}
