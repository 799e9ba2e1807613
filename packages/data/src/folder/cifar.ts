// CIFAR-10 and CIFAR-100 (A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009) in their binary
// versions: records of one label (CIFAR-100: a coarse, then a fine one) and 32 × 32 bytes of red, green and blue each.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '@convbook/core';
import { checkPath, printable } from '@convbook/core/checks';
import type { Dataset, ImageSet } from '../dataset.ts';
import { sharedBytes } from '../shared-bytes.ts';

const imageBytes = 3 * 32 * 32;
/** The published files have 10,000 records, or 50,000; more is no CIFAR. */
const mostRecords = 1_000_000;

interface Version {
  readonly name: string;
  /** Bytes before the image; the last of them is the label. */
  readonly labelBytes: number;
  readonly train: readonly string[];
  readonly test: string;
  readonly classNames: string;
}

const versions: readonly Version[] = [
  {
    name: 'cifar-10',
    labelBytes: 1,
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: 'test_batch.bin',
    classNames: 'batches.meta.txt',
  },
  {
    name: 'cifar-100',
    labelBytes: 2,
    train: ['train.bin'],
    test: 'test.bin',
    classNames: 'fine_label_names.txt',
  },
];

/** Whether a folder has the files of a binary version of CIFAR, by their names. */
export function isCifarFolder(folder: string): boolean {
  return findVersion(folder) !== undefined;
}

/**
 * Reads CIFAR-10 (`data_batch_*.bin`, `test_batch.bin`, `batches.meta.txt`) or CIFAR-100 (`train.bin`, `test.bin`,
 * `fine_label_names.txt`): images `[3, 32, 32]`. As many training batches as there are, at least one.
 *
 * @throws DataError when a file is missing or not as long as whole records, or a label has no name.
 */
export function loadCifar(folder: string): Dataset {
  checkPath('loadCifar folder', folder);
  const version = findVersion(folder);
  if (version === undefined) {
    if (!isFolder(folder)) {
      throw new DataError(
        `${printable(folder)}: expected a folder with the binary version of CIFAR-10 or CIFAR-100, got ${existsSync(folder) ? 'a file' : 'nothing of that name'}; check the path`,
      );
    }
    throw new DataError(
      `${printable(folder)}: expected the binary version of CIFAR-10 or CIFAR-100, got other files; download cifar-10-binary.tar.gz or cifar-100-binary.tar.gz`,
    );
  }
  const sha256: Record<string, string> = {};
  const read = (name: string) => {
    const bytes = readRegular(join(folder, name));
    sha256[name] = createHash('sha256').update(bytes).digest('hex');
    return bytes;
  };
  const classNames = readNames(read(version.classNames));
  const toSet = (names: readonly string[]) =>
    toImageSet(folder, names, names.map(read), version.labelBytes, classNames.length);
  return {
    name: version.name,
    sampleShape: [3, 32, 32],
    classNames,
    train: toSet(version.train.filter((name) => existsSync(join(folder, name)))),
    test: toSet([version.test]),
    sha256,
    scaling: 'byte / 255',
    attribution: `${version.name.toUpperCase()}, Alex Krizhevsky, 2009`,
  };
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}

function findVersion(folder: string): Version | undefined {
  return versions.find(({ train, test, classNames }) =>
    [train[0], test, classNames].every((name) => existsSync(join(folder, name))),
  );
}

function readRegular(path: string): Uint8Array {
  const stats = statSync(path);
  const most = mostRecords * (imageBytes + 2);
  if (stats.isFile() && stats.size <= most) return readFileSync(path);
  throw new DataError(
    `${printable(path)}: expected a file of at most ${most} bytes, got ${stats.isFile() ? `${stats.size} bytes` : 'no regular file'}; download it again`,
  );
}

function readNames(bytes: Uint8Array): string[] {
  const lines = new TextDecoder().decode(bytes.subarray(0, 65_536)).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function toImageSet(
  folder: string,
  names: readonly string[],
  files: readonly Uint8Array[],
  labelBytes: number,
  classes: number,
): ImageSet {
  const record = labelBytes + imageBytes;
  const count = files.reduce((sum, { length }) => sum + Math.floor(length / record), 0);
  const images = sharedBytes(count * imageBytes);
  const labels = sharedBytes(count);
  let sample = 0;
  for (const [at, file] of files.entries()) {
    const where = printable(join(folder, names[at]));
    if (file.length === 0 || file.length % record !== 0) {
      throw new DataError(
        `${where}: expected records of ${record} bytes, got ${file.length} bytes; download it again`,
      );
    }
    for (let begin = 0; begin < file.length; begin += record, sample++) {
      const label = file[begin + labelBytes - 1];
      if (label >= classes) {
        throw new DataError(
          `${where}: expected labels below ${classes}, the names there are, got ${label}; download it again`,
        );
      }
      labels[sample] = label;
      images.set(file.subarray(begin + labelBytes, begin + record), sample * imageBytes);
    }
  }
  return { images, labels, count };
}
