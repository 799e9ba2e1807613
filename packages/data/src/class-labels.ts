// From the labels of files to classes 0, 1, …: EMNIST counts its letters from 1.
import { DataError } from '@convbook/core';
import { checkLabels } from './dataset.ts';

/** The classes of a data set in files. */
export interface Classes {
  /** The label of class 0; every further class has the next. */
  readonly first: number;
  readonly names: readonly string[];
}

/** The classes of the labels that occur: from the smallest of all to the largest in training. */
export function classesOf(train: Uint8Array, test: Uint8Array): Classes {
  const least = (labels: Uint8Array) => labels.reduce((a, b) => Math.min(a, b));
  const first = Math.min(least(train), least(test));
  const last = train.reduce((a, b) => Math.max(a, b));
  const names = Array.from({ length: last - first + 1 }, (_, k) => String(first + k));
  return { first, names };
}

/**
 * Makes each label the index of its class, in place. Throws DataError, its message beginning with
 * `where`, for a label without a class.
 */
export function toClassIndexes(where: string, labels: Uint8Array, classes: Classes): void {
  const { first, names } = classes;
  if (first === 0) {
    checkLabels(where, labels, names.length);
    return;
  }
  const last = first + names.length - 1;
  const wrong = labels.findIndex((label) => label < first || label > last);
  if (wrong >= 0) {
    throw new DataError(
      `${where}: expected labels from ${first} to ${last}, got ${labels[wrong]} at index ${wrong}; correct the labels or the classes`,
    );
  }
  for (let n = 0; n < labels.length; n++) labels[n] -= first;
}

/** A sentence on labels that do not begin with 0; none for others. */
export function labelNotes({ first, names }: Classes): string[] {
  if (first === 0) return [];
  const last = first + names.length - 1;
  return [`labels ${first} to ${last} become ${names.length} classes, which a model counts from 0`];
}
