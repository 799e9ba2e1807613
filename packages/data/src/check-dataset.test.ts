import { DataError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { checkDataset } from './check-dataset.ts';
import { synthetic } from './synthetic.ts';

type Fields = Record<string, unknown>;

/** Four training and three test images of 1 × 2 × 2, two classes; `change` makes it wrong. */
function changed(change: (data: Fields, train: Fields, test: Fields) => void): Fields {
  const data = synthetic({ sampleShape: [1, 2, 2], classes: 2, trainSamples: 4, testSamples: 3 });
  const [train, held] = [{ ...data.train }, { ...data.test }];
  const copy = { ...data, train, test: held };
  change(copy, train, held);
  return copy;
}

const shared = (...values: number[]) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(values.length));
  bytes.set(values);
  return bytes;
};

const round = 'multiply values of 0 to 1 by 255 and round them';
const copy =
  'copy it: const shared = new Uint8Array(new SharedArrayBuffer(bytes.length)); shared.set(bytes)';
const bytes = 'a Uint8Array over a SharedArrayBuffer';
const name = 'expected a name without / or \\, got';
const shape = 'expected three whole numbers above 0, [channels, height, width], got';
const correct = 'correct count, sampleShape or images';
const labelled = 'expected 4 labels, one for each image, got';

describe('checkDataset', () => {
  test('takes what is whole, in either memory where workers need not see it', () => {
    checkDataset(
      changed(() => undefined),
      'shared',
    );
    checkDataset(
      changed((_, train) => {
        train.images = new Uint8Array(16);
      }),
      'any',
    );
  });

  test.each<[message: string, change: (data: Fields, train: Fields, test: Fields) => void]>([
    [`data.name: ${name} nothing; give the data set a short name`, (d) => delete d.name],
    [`data.name: ${name} ""; give the data set a short name`, (d) => (d.name = '')],
    [`data.name: ${name} "../x"; give the data set a short name`, (d) => (d.name = '../x')],
    [
      `data.sampleShape: ${shape} [2,2]; give the shape of one image`,
      (d) => (d.sampleShape = [2, 2]),
    ],
    [
      `data.sampleShape: ${shape} [1,2,0.5]; give the shape of one image`,
      (d) => (d.sampleShape = [1, 2, 0.5]),
    ],
    [
      `data.sampleShape: ${shape} nothing; give the shape of one image`,
      (d) => delete d.sampleShape,
    ],
    [
      'data.classNames: expected a text for each class, got []; name every class',
      (d) => (d.classNames = []),
    ],
    [
      'data.classNames: expected a text for each class, got ["a",""]; name every class',
      (d) => (d.classNames = ['a', '']),
    ],
    [
      'data.classNames: expected different names, got "a" twice; name every class by itself',
      (d) => (d.classNames = ['a', 'b', 'a']),
    ],
    [
      'data.classNames: expected a text for each class, got 2; name every class',
      (d) => (d.classNames = 2),
    ],
    [
      'data.sha256: expected a text for each file, got nothing; give {} where there are no files',
      (d) => delete d.sha256,
    ],
    [
      'data.scaling: expected "byte / 255", got "none"; there is no other scaling',
      (d) => (d.scaling = 'none'),
    ],
    [
      "data.attribution: expected a text, got null; say who made the data, or give ''",
      (d) => (d.attribution = null),
    ],
    ['data.transposed: expected true or false, got 1; leave it out', (d) => (d.transposed = 1)],
    [
      'data.test: expected images, labels and their count, got nothing; give all three',
      (d) => delete d.test,
    ],
    [
      'data.train.count: expected a whole number above 0, got 0; give the number of images',
      (_, train) => (train.count = 0),
    ],
    [
      'data.train.count: expected a whole number above 0, got NaN; give the number of images',
      (_, train) => (train.count = NaN),
    ],
    [
      `data.train.images: expected 8 bytes, 2 images of [1, 2, 2], got 16; ${correct}`,
      (_, train) => (train.count = 2),
    ],
    [
      `data.train.images: expected ${bytes}, got a Float32Array of 64 bytes; ${round}`,
      (_, train) => (train.images = new Float32Array(16)),
    ],
    [
      `data.train.images: expected ${bytes}, got [0,0,0]; ${round}`,
      (_, train) => (train.images = [0, 0, 0]),
    ],
    [
      `data.train.images: expected ${bytes}, got one over an ArrayBuffer; ${copy}`,
      (_, train) => (train.images = new Uint8Array(16)),
    ],
    [
      `data.test.labels: expected ${bytes}, got [0,1,0]; a label is the index of its class`,
      (_, __, held) => (held.labels = [0, 1, 0]),
    ],
    [
      `data.train.labels: ${labelled} 3; correct count or labels`,
      (_, train) => (train.labels = shared(0, 1, 0)),
    ],
    [
      `data.train.labels: ${labelled} 8; give the index of the 1 in each one-hot row`,
      (_, train) => (train.labels = shared(1, 0, 0, 1, 1, 0, 0, 1)),
    ],
    [
      'data.test.labels: expected labels below 2, got 7 at index 1; correct the labels or the classes',
      (_, __, held) => (held.labels = shared(0, 7, 1)),
    ],
  ])('refuses: %s', (message, change) => {
    expect(() => checkDataset(changed(change), 'shared')).toThrow(new DataError(message));
  });

  test.each([
    [null, 'null'],
    [undefined, 'nothing'],
    ['mnist', '"mnist"'],
    [() => 5, 'a function'],
  ])('refuses what is no data set: %s', (data, got) => {
    expect(() => checkDataset(data, 'shared')).toThrow(
      new DataError(
        `data: expected a data set, got ${got}; take what loadMnist() or loadIdxFolder(folder) returns`,
      ),
    );
  });
});
