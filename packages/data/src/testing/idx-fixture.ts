// Small IDX files for the tests.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The bytes of an IDX file of unsigned bytes. */
export function toIdx(shape: readonly number[], data: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x800 + shape.length);
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length));
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

/**
 * The four files of a data set: three training and two test images of 2 × 3, labels 2, 0, 1 and 0,
 * 2.
 */
export const smallFiles: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': toIdx(
    [3, 2, 3],
    Array.from({ length: 18 }, (_, index) => 10 * index),
  ),
  'train-labels-idx1-ubyte': toIdx([3], [2, 0, 1]),
  't10k-images-idx3-ubyte': toIdx(
    [2, 2, 3],
    Array.from({ length: 12 }, (_, index) => 255 - index),
  ),
  't10k-labels-idx1-ubyte': toIdx([2], [0, 2]),
};

/** A new folder with these files, removed when the test ends. */
export function writeFolder(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'convbook-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}
