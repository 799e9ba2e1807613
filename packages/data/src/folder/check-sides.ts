import { DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import type { LabelledFile } from './picture-folder.ts';
import type { SplitFiles } from './split-by-content.ts';

/**
 * Throws DataError where one set has no file, before anything is decoded. Where all files are empty, decoding tells of
 * them.
 */
export function checkFiles(folder: string, { train, test }: SplitFiles): void {
  const isFull = ({ sizeBytes }: LabelledFile) => sizeBytes > 0;
  const sides = { train: train.filter(isFull), test: test.filter(isFull) };
  if (sides.train.length + sides.test.length > 0) checkSides(folder, sides);
}

/** Throws DataError where one set has no sample. */
export function checkSides(
  folder: string,
  sides: Readonly<Record<'train' | 'test', ArrayLike<unknown>>>,
): void {
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
