// A data set that a program made, before anything reads it.
import { DataError, elementCount } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { checkLabels } from './dataset.ts';

type Fields = Readonly<Record<string, unknown>>;
type MemoryKind = 'shared' | 'any';

const longestText = 10_000;

/**
 * Throws DataError naming the first field of a `Dataset` that is not what its type says, or not
 * what the others say.
 *
 * @param memory Whether images and labels must be in memory that workers see.
 */
export function checkDataset(data: unknown, memory: MemoryKind): void {
  if (!isObject(data)) {
    refuse('data', 'a data set', data, 'take what loadMnist() or loadIdxFolder(folder) returns');
  }
  const { name, sampleShape, classNames } = data;
  if (!isName(name)) {
    refuse('data.name', 'a name without / or \\', name, 'give the data set a short name');
  }
  if (!isShape(sampleShape)) {
    const what = 'three whole numbers above 0, [channels, height, width]';
    refuse('data.sampleShape', what, sampleShape, 'give the shape of one image');
  }
  if (!Array.isArray(classNames) || classNames.length === 0 || !classNames.every(isText)) {
    refuse('data.classNames', 'a text for each class', classNames, 'name every class');
  }
  checkDifferent(classNames);
  if (memory === 'shared') checkOrigin(data);
  for (const set of ['train', 'test'] as const) {
    checkSet(`data.${set}`, data[set], { sampleShape, classes: classNames.length, memory });
  }
}

function checkDifferent(names: readonly unknown[]): void {
  if (new Set(names).size === names.length) return;
  const twice = names.find((name, label) => names.indexOf(name) < label);
  throw new DataError(
    `data.classNames: expected different names, got ${showValue(twice)} twice; name every class by itself`,
  );
}

/** What only the record of a run has. */
function checkOrigin({ sha256, scaling, attribution, transposed }: Fields): void {
  if (!isObject(sha256) || !Object.values(sha256).every((hash) => typeof hash === 'string')) {
    refuse('data.sha256', 'a text for each file', sha256, 'give {} where there are no files');
  }
  if (scaling !== 'byte / 255') {
    refuse('data.scaling', '"byte / 255"', scaling, 'there is no other scaling');
  }
  if (typeof attribution !== 'string' || attribution.length > longestText) {
    refuse('data.attribution', 'a text', attribution, "say who made the data, or give ''");
  }
  if (transposed !== undefined && typeof transposed !== 'boolean') {
    refuse('data.transposed', 'true or false', transposed, 'leave it out');
  }
}

interface Shapes {
  readonly sampleShape: readonly number[];
  readonly classes: number;
  readonly memory: MemoryKind;
}

function checkSet(where: string, set: unknown, { sampleShape, classes, memory }: Shapes): void {
  if (!isObject(set)) refuse(where, 'images, labels and their count', set, 'give all three');
  const { images, labels, count, file } = set;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) {
    refuse(`${where}.count`, 'a whole number above 0', count, 'give the number of images');
  }
  checkBytes(`${where}.images`, images, memory, 'multiply values of 0 to 1 by 255 and round them');
  checkBytes(`${where}.labels`, labels, memory, 'a label is the index of its class');
  const bytes = file === undefined ? count * elementCount(sampleShape) : 0;
  if (images.length !== bytes) {
    const what = `${bytes} bytes, ${count} images of [${sampleShape.join(', ')}]`;
    refuse(`${where}.images`, what, images.length, 'correct count, sampleShape or images');
  }
  if (file !== undefined) checkFile(`${where}.file`, file, count, elementCount(sampleShape));
  if (labels.length !== count) {
    const isOneHot = labels.length === count * classes;
    const what = `${count} labels, one for each image`;
    const remedy = isOneHot
      ? 'give the index of the 1 in each one-hot row'
      : 'correct count or labels';
    refuse(`${where}.labels`, what, labels.length, remedy);
  }
  checkLabels(`${where}.labels`, labels, classes);
}

function checkFile(where: string, file: unknown, count: number, size: number): void {
  const isFile =
    isObject(file) &&
    isText(file.path) &&
    file.sampleBytes === size &&
    Number.isSafeInteger(file.stride) &&
    Number(file.stride) >= size &&
    file.places instanceof Uint32Array &&
    file.places.length === count &&
    file.hashes instanceof Uint8Array &&
    file.hashes.length === 32 * count;
  if (isFile) return;
  const what = `a file with ${count} images of ${size} bytes`;
  refuse(where, what, file, 'take what loadPictureFolder() returns, or leave it out');
}

function checkBytes(
  where: string,
  bytes: unknown,
  memory: MemoryKind,
  remedy: string,
): asserts bytes is Uint8Array {
  const what = memory === 'shared' ? 'a Uint8Array over a SharedArrayBuffer' : 'a Uint8Array';
  if (!(bytes instanceof Uint8Array)) refuse(where, what, bytes, remedy);
  if (memory === 'any' || bytes.buffer instanceof SharedArrayBuffer) return;
  const copy =
    'const shared = new Uint8Array(new SharedArrayBuffer(bytes.length)); shared.set(bytes)';
  throw new DataError(`${where}: expected ${what}, got one over an ArrayBuffer; copy it: ${copy}`);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestText;
}

/** It becomes part of a path, and is looked for in a folder. */
function isName(value: unknown): boolean {
  return isText(value) && !/[/\\\0]/.test(value) && value !== '.' && value !== '..';
}

function isShape(value: unknown): value is readonly number[] {
  const isSize = (size: unknown) => Number.isSafeInteger(size) && Number(size) > 0;
  return Array.isArray(value) && value.length === 3 && value.every(isSize);
}

function refuse(where: string, what: string, got: unknown, remedy: string): never {
  throw new DataError(`${where}: expected ${what}, got ${showValue(got)}; ${remedy}`);
}
