import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { smallFiles, toIdx, writeFolder } from './testing/idx-fixture.ts';
import { loadIdxFolder } from './idx-folder.ts';

const rename = (change: (name: string) => string) =>
  Object.fromEntries(Object.entries(smallFiles).map(([name, bytes]) => [change(name), bytes]));

const unpack = 'unpack it, and put the four IDX files of one data set there';
const mapping = Buffer.from('1 65\n2 66\n3 67\n');

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

  test('takes files in folders of their names, as Kaggle packs them, alone or beside the same file', () => {
    const nested = rename((name) => `${name}/${name}`);
    const dotted = rename((name) => name.replace('-idx', '.idx'));
    const { train, sha256 } = loadIdxFolder(writeFolder({ ...dotted, ...nested }));
    expect([...train.labels]).toEqual([2, 0, 1]);
    expect(Object.keys(sha256)).toEqual(Object.keys(dotted));
    expect(Object.keys(loadIdxFolder(writeFolder(nested)).sha256)).toEqual(Object.keys(nested));
  });

  test('takes gzip by what it is, whatever its name', () => {
    const files = {
      ...rename((name) => (name.startsWith('train') ? `${name}.gz` : name)),
      't10k-images-idx3-ubyte': gzipSync(smallFiles['t10k-images-idx3-ubyte']),
    };
    expect([...loadIdxFolder(writeFolder(files)).test.images]).toEqual([
      ...smallFiles['t10k-images-idx3-ubyte'].subarray(16),
    ]);
  });

  test('exchanges rows and columns', () => {
    const dataset = loadIdxFolder(writeFolder(smallFiles), { transpose: true });
    expect(dataset).toMatchObject({ sampleShape: [1, 3, 2], transposed: true });
    expect([...dataset.train.images.subarray(0, 6)]).toEqual([0, 30, 10, 40, 20, 50]);
    expect([...dataset.test.images.subarray(6)]).toEqual([249, 246, 248, 245, 247, 244]);
  });

  /** Training labels 3, 1, 2 and test labels 1, 3. */
  const fromOne = {
    ...smallFiles,
    'train-labels-idx1-ubyte': toIdx([3], [3, 1, 2]),
    't10k-labels-idx1-ubyte': toIdx([2], [1, 3]),
  };
  const become = 'labels 1 to 3 become 3 classes, which a model counts from 0';

  test('counts classes from the smallest label, and says so', () => {
    const dataset = loadIdxFolder(writeFolder(fromOne));
    expect(dataset).toMatchObject({ classNames: ['1', '2', '3'], notes: [become] });
    expect([...dataset.train.labels, ...dataset.test.labels]).toEqual([2, 0, 1, 0, 2]);
  });

  test('keeps a class 0 that only the test set has', () => {
    const files = { ...fromOne, 't10k-labels-idx1-ubyte': toIdx([2], [0, 3]) };
    const dataset = loadIdxFolder(writeFolder(files));
    expect(dataset.classNames).toEqual(['0', '1', '2', '3']);
    expect([...dataset.train.labels]).toEqual([3, 1, 2]);
    expect(dataset.notes).toBeUndefined();
  });

  test('names classes as the mapping file of EMNIST does', () => {
    const emnist = Object.fromEntries(
      Object.entries(fromOne).map(([name, bytes]) => [`emnist-letters-${name}`, bytes]),
    );
    const text = '\ufeff1 65 97\r\n2 66 98\r\n3 67\r\n\r\n';
    const folder = writeFolder({
      ...emnist,
      'emnist-letters-mapping.txt': Buffer.from(text),
      'emnist-digits-mapping.txt': Buffer.from('0 48\n'),
    });
    const dataset = loadIdxFolder(folder);
    expect(dataset.classNames).toEqual(['Aa', 'Bb', 'C']);
    expect([...dataset.train.labels]).toEqual([2, 0, 1]);
    expect(dataset.notes).toEqual([
      become,
      'classes are named as in emnist-letters-mapping.txt',
      'images of EMNIST lie transposed; --transpose turns them upright',
    ]);
    expect(Object.keys(dataset.sha256)).toEqual([
      ...Object.keys(emnist),
      'emnist-letters-mapping.txt',
    ]);
  });

  test.each([
    ['', ': expected a line for each class, got none; remove the file'],
    ['1 65\n3 67\n', ':2: expected label 2 next, got 3; give each label one line'],
    ['1 65\n1 66\n', ':2: expected label 2 next, got 1; give each label one line'],
    [
      '1 A\n',
      ':1: expected a label and its character codes, got "1 A"; correct the line or remove the file',
    ],
    [
      '1\n',
      ':1: expected a label and its character codes, got "1"; correct the line or remove the file',
    ],
    [
      '1 1114112\n',
      ':1: expected a label and its character codes, got "1 1114112"; correct the line or remove the file',
    ],
  ])('refuses the mapping %j', (text, message) => {
    const folder = writeFolder({ ...fromOne, 'mapping.txt': Buffer.from(text) });
    expect(() => loadIdxFolder(folder)).toThrow(new DataError(`${folder}/mapping.txt${message}`));
  });

  test.each([
    ['a zip archive', 'archive.zip', Buffer.from('PK\x03\x04\0'), unpack],
    [
      'a table of text (CSV)',
      'mnist_train.csv',
      Buffer.from('label,1x1\n5,0\n'),
      'write images and labels as IDX files of unsigned bytes',
    ],
  ])('names %s in place of the files, or of the folder', (format, name, bytes, remedy) => {
    const folder = writeFolder({ [name]: bytes });
    expect(() => loadIdxFolder(folder)).toThrow(
      new DataError(
        `${folder}: expected one file train-images-idx3-ubyte (or .gz), got ${name}, ${format}; ${remedy}`,
      ),
    );
    expect(() => loadIdxFolder(`${folder}/${name}`)).toThrow(
      new DataError(`${folder}/${name}: expected a folder of IDX files, got ${format}; ${remedy}`),
    );
  });

  test('names a web page that was saved as a file', () => {
    const page = Buffer.from('<!DOCTYPE html><title>404</title>');
    const folder = writeFolder({ ...smallFiles, 'train-labels-idx1-ubyte': page });
    expect(() => loadIdxFolder(folder)).toThrow(
      new DataError(
        `${folder}/train-labels-idx1-ubyte: expected an IDX file, got a web page (HTML); download the file itself`,
      ),
    );
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
      'the same name with other bytes',
      { ...smallFiles, 'train-labels.idx1-ubyte': toIdx([3], [0, 0, 0]) },
      (folder) =>
        `${folder}: expected one file train-labels-idx1-ubyte (or .gz), got train-labels-idx1-ubyte, train-labels.idx1-ubyte; ${put}`,
    ],
    [
      'a test label below the classes of a mapping',
      { ...fromOne, 't10k-labels-idx1-ubyte': toIdx([2], [0, 3]), 'mapping.txt': mapping },
      (folder) =>
        `${folder}/t10k-labels-idx1-ubyte: expected labels from 1 to 3, got 0 at index 0; correct the labels or the classes`,
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
