import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { smallFiles, toIdx, writeFolder } from './testing/idx-fixture.ts';
import { loadIdxFolder } from './idx-folder.ts';

const rename = (change: (name: string) => string) =>
  Object.fromEntries(Object.entries(smallFiles).map(([name, bytes]) => [change(name), bytes]));

describe('loadIdxFolder', () => {
  test('reads the four files', () => {
    const folder = writeFolder(smallFiles);
    const dataset = loadIdxFolder(folder);
    expect(dataset).toMatchObject({
      name: basename(folder),
      sampleShape: [1, 2, 3],
      classNames: ['0', '1', '2'],
      scaling: 'byte / 255',
      attribution: `IDX files from the folder ${basename(folder)}`,
      source: { kind: 'folder', path: folder, typed: folder },
    });
    expect(dataset.train.count).toBe(3);
    expect([...dataset.train.images]).toEqual([
      ...smallFiles['train-images-idx3-ubyte'].subarray(16),
    ]);
    expect([...dataset.train.labels]).toEqual([2, 0, 1]);
    expect(dataset.test.count).toBe(2);
    expect([...dataset.test.images]).toEqual([
      ...smallFiles['t10k-images-idx3-ubyte'].subarray(16),
    ]);
    expect([...dataset.test.labels]).toEqual([0, 2]);
    expect(dataset.sha256).toEqual(
      Object.fromEntries(
        Object.entries(smallFiles).map(([name, bytes]) => [
          name,
          createHash('sha256').update(bytes).digest('hex'),
        ]),
      ),
    );
  });

  test.each<[string, Record<string, Uint8Array>]>([
    ['the dotted spelling', rename((name) => name.replace('-idx', '.idx'))],
    [
      'a prefix and "test", as EMNIST has',
      rename((name) => `emnist-letters-${name.replace('t10k', 'test')}`),
    ],
    [
      'gzip',
      Object.fromEntries(
        Object.entries(smallFiles).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
      ),
    ],
    [
      'unpacked files and their gzip',
      { ...smallFiles, 'train-labels-idx1-ubyte.gz': gzipSync('') },
    ],
    ['another file in the folder', { ...smallFiles, 'README.md': new Uint8Array(1) }],
  ])('accepts %s', (_, files) => {
    const { train, test: held } = loadIdxFolder(writeFolder(files));
    expect([...train.labels, ...held.labels]).toEqual([2, 0, 1, 0, 2]);
  });

  test('takes the unpacked file', () => {
    const files = { ...smallFiles, 'train-labels-idx1-ubyte.gz': gzipSync('') };
    expect(Object.keys(loadIdxFolder(writeFolder(files)).sha256)).toEqual(Object.keys(smallFiles));
  });

  const put = 'put the four IDX files of one data set there';
  const use = 'use files of one data set';
  test.each<[string, Record<string, Uint8Array>, (folder: string) => string]>([
    [
      'a missing file',
      { 'train-images-idx3-ubyte': smallFiles['train-images-idx3-ubyte'] },
      (folder) => `${folder}: expected one file train-labels-idx1-ubyte (or .gz), got none; ${put}`,
    ],
    [
      'two splits',
      { ...smallFiles, 'b-train-labels-idx1-ubyte': smallFiles['train-labels-idx1-ubyte'] },
      (folder) =>
        `${folder}: expected one file train-labels-idx1-ubyte (or .gz), got b-train-labels-idx1-ubyte, train-labels-idx1-ubyte; ${put}`,
    ],
    [
      'names with control characters and turned text',
      {
        ...smallFiles,
        '\u001b[2J\u202e-train-labels-idx1-ubyte': smallFiles['train-labels-idx1-ubyte'],
      },
      (folder) =>
        `${folder}: expected one file train-labels-idx1-ubyte (or .gz), got \ufffd[2J\ufffd-train-labels-idx1-ubyte, train-labels-idx1-ubyte; ${put}`,
    ],
    [
      'fewer labels than images',
      { ...smallFiles, 'train-labels-idx1-ubyte': toIdx([2], [1, 2]) },
      (folder) =>
        `${folder}/train-labels-idx1-ubyte: expected 3 labels, one for each image, got 2; ${use}`,
    ],
    [
      'test images of another size',
      { ...smallFiles, 't10k-images-idx3-ubyte': toIdx([2, 3, 2], new Array<number>(12).fill(0)) },
      (folder) =>
        `${folder}/t10k-images-idx3-ubyte: expected images of 2 × 3 as for training, got 3 × 2; ${use}`,
    ],
    [
      'a class that only the test set has',
      { ...smallFiles, 't10k-labels-idx1-ubyte': toIdx([2], [2, 3]) },
      (folder) =>
        `${folder}/t10k-labels-idx1-ubyte: expected labels below 3, got 3 at index 1; correct the labels or the classes`,
    ],
  ])('refuses %s', (_, files, message) => {
    const folder = writeFolder(files);
    expect(() => loadIdxFolder(folder)).toThrow(new DataError(message(folder)));
  });

  test('refuses a folder that is not there', () => {
    const folder = `${writeFolder({})}/none`;
    const message = `${folder}: expected a folder of IDX files, got ENOENT; check the path`;
    expect(() => loadIdxFolder(folder)).toThrow(
      expect.objectContaining({ name: 'DataError', message }),
    );
  });
});
