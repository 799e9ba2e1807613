// A folder of pictures, understood from the names in it: `train/cat/1.jpg`, `cat/1.jpg`, or a list
// `file_name,label` in labels.csv or metadata.csv.
import { basename, join } from 'node:path';
import { DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { listNames, readLabelList } from './label-list.ts';
import { listFiles, type ListedFile } from './list-files.ts';
import { compareNaturally } from './natural-order.ts';

/** A picture that has a class. */
export interface LabelledFile extends ListedFile {
  /** Place of its class among the class names. */
  readonly label: number;
}

/** The pictures of a folder and their classes; nothing is decoded yet. */
export interface PictureFolder {
  readonly folder: string;
  /** How the folder was understood, for people. */
  readonly layout: string;
  /** In natural order. */
  readonly classNames: readonly string[];
  readonly train: readonly LabelledFile[];
  /** Null where the folder has one set, which is still to be split. */
  readonly test: readonly LabelledFile[] | null;
  /** Files that are not used, counted by reason. */
  readonly passedOver: Readonly<Record<string, number>>;
}

const outside = 'pictures outside a class folder';
/** Labels are bytes. */
const mostClasses = 256;
const trainNames = ['train', 'training'];
const testNames = ['test', 'testing', 'val', 'valid', 'validation'];
/** How names of pictures end. */
export const pictureEnding = /\.(png|jpe?g|jpe|jfif|webp|gif|avif|tiff?|bmp)$/i;

/**
 * Finds the pictures of a folder and their classes.
 *
 * A folder with `train/` and `test/` (or `val`, `valid`, `validation`, `testing`) has two sets; one whose folders
 * are classes has one, to be split. Either may have `labels.csv` or `metadata.csv` with the columns
 * `file_name` and `label` in place of class folders. A folder that holds nothing but one such folder is that
 * folder. Files without a picture's ending are passed over and counted.
 *
 * @throws DataError when there are no pictures, a list names a file that is not there, or there are fewer than
 *   two or more than 256 classes.
 */
export function readPictureFolder(folder: string): PictureFolder {
  const { files, passedOver } = listFiles(folder);
  const wrapper = findWrapper(files);
  if (wrapper !== null) return readPictureFolder(join(folder, wrapper));
  const counts: Counts = { ...passedOver };
  const sets = findSets(files);
  const [train, test] = (sets ?? ['']).map((set) => nameClasses(folder, set, files, counts));
  if (sets) countOthers(files, sets, counts);
  const classNames = toClassNames(folder, [...train.named, ...(test?.named ?? [])], counts);
  const label = ({ named }: NamedFiles) =>
    named.map(({ name, ...file }) => ({ ...file, label: classNames.indexOf(name) }));
  return {
    folder,
    layout: sets ? `${sets[0]}/ and ${sets[1]}/ with ${train.layout}` : train.layout,
    classNames,
    train: label(train),
    test: test === undefined ? null : label(test),
    passedOver: counts,
  };
}

type Counts = Record<string, number>;

interface NamedFiles {
  readonly layout: string;
  readonly named: readonly (ListedFile & { readonly name: string })[];
}

/** The one folder that all is in, where class folders or sets are in that. */
function findWrapper(files: readonly ListedFile[]): string | null {
  const [first] = files.length > 0 ? files[0].path.split('/') : [''];
  const isInFirst = files.every(({ path }) => path.startsWith(`${first}/`));
  const hasFolders = files.some(({ path }) => path.split('/').length > 2 || isList(path));
  return files.length > 0 && isInFirst && hasFolders ? first : null;
}

function isList(path: string): boolean {
  return listNames.includes(basename(path).toLowerCase());
}

/** Names of the folders of training and test pictures. */
function findSets(files: readonly ListedFile[]): [string, string] | null {
  const folders = [...new Set(files.filter(isInFolder).map(({ path }) => path.split('/')[0]))];
  const find = (names: readonly string[]) =>
    names.flatMap((name) => folders.filter((folder) => folder.toLowerCase() === name)).at(0);
  const [train, test] = [find(trainNames), find(testNames)];
  return train === undefined || test === undefined ? null : [train, test];
}

function isInFolder({ path }: ListedFile): boolean {
  return path.includes('/');
}

/** The pictures of a set, or of the whole folder (''), with the names of their classes. */
function nameClasses(
  folder: string,
  set: string,
  files: readonly ListedFile[],
  counts: Counts,
): NamedFiles {
  const prefix = set === '' ? '' : `${set}/`;
  const own = files.filter(({ path }) => path.startsWith(prefix));
  const list = own.find(({ path }) => listNames.includes(path.slice(prefix.length).toLowerCase()));
  if (list) {
    const named = readLabelList(join(folder, list.path), prefix, own);
    count(counts, 'files that the list does not name', own.length - 1 - named.length);
    return { layout: `the list ${basename(list.path)}`, named };
  }
  const pictures = own.filter(({ path }) => pictureEnding.test(path));
  count(counts, 'files without the ending of a picture', own.length - pictures.length);
  const inClasses = pictures.filter(({ path }) => path.slice(prefix.length).includes('/'));
  count(counts, outside, pictures.length - inClasses.length);
  const named = inClasses.map((file) => {
    const [name] = file.path.slice(prefix.length).split('/');
    return { ...file, name: name.normalize('NFC') };
  });
  return { layout: 'a folder a class', named };
}

function countOthers(files: readonly ListedFile[], sets: readonly string[], counts: Counts): void {
  const others = files.filter(({ path }) => !sets.some((set) => path.startsWith(`${set}/`)));
  count(counts, `files outside ${sets.join('/ and ')}/`, others.length);
}

function count(counts: Counts, reason: string, more: number): void {
  if (more > 0) counts[reason] = (counts[reason] ?? 0) + more;
}

function toClassNames(
  folder: string,
  named: readonly { name: string }[],
  counts: Counts,
): string[] {
  const names = [...new Set(named.map(({ name }) => name))].sort(compareNaturally);
  if (names.length >= 2 && names.length <= mostClasses) return names;
  const [got, remedy] =
    names.length > mostClasses
      ? [`${names.length}`, `leave out or merge ${names.length - mostClasses} of them`]
      : [
          names.length === 0 ? noPicture(counts) : `only ${printable(names[0])}`,
          "put each class's pictures in a folder of its name",
        ];
  throw new DataError(
    `${printable(folder)}: expected 2 to ${mostClasses} folders of pictures, one a class, got ${got}; ${remedy}`,
  );
}

/** No picture in a class folder; there may be some beside. */
function noPicture(counts: Counts): string {
  const beside = counts[outside] ?? 0;
  return beside === 0 ? 'no picture in any' : `none, and ${beside} ${outside}`;
}
