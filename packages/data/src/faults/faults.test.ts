import { DataError } from '@convbook/core';
import { describe, expect, it, test } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { samplesHash } from '../data-hashes.ts';
import { loadMnist } from '../mnist.ts';
import { dropDuplicates } from './drop-duplicates.ts';
import { faultLines } from './fault-lines.ts';
import { findFaults } from './find-faults.ts';
import { imageHash } from './image-hash.ts';

type Sample = readonly [label: number, ...image: number[]];

function shared(values: readonly number[]) {
  const bytes = new Uint8Array(new SharedArrayBuffer(values.length));
  bytes.set(values);
  return bytes;
}

/** Images of two pixels. */
function dataOf(train: readonly Sample[], test: readonly Sample[]): Dataset {
  const toSet = (samples: readonly Sample[]) => ({
    images: shared(samples.flatMap(([, ...image]) => image)),
    labels: shared(samples.map(([label]) => label)),
    count: samples.length,
  });
  return {
    name: 'own',
    sampleShape: [1, 1, 2],
    classNames: ['cat', 'dog'],
    train: toSet(train),
    test: toSet(test),
    sha256: {},
    scaling: 'byte / 255',
    attribution: 'us',
  };
}

const planted = dataOf(
  [
    [0, 1, 2],
    [1, 3, 4],
    [0, 1, 2],
    [0, 5, 6],
    [1, 5, 6],
    [1, 7, 7],
    [0, 9, 8],
    [0, 1, 2],
  ],
  [
    [1, 3, 4],
    [0, 8, 9],
    [1, 9, 8],
  ],
);

describe('faults of a planted set', () => {
  it('are found, each with its images', () => {
    const train = (index: number) => ({ set: 'train', index });
    const test = (index: number) => ({ set: 'test', index });
    expect(findFaults(planted)).toEqual([
      {
        kind: 'leak',
        count: 2,
        groups: [
          [train(1), test(0)],
          [train(6), test(2)],
        ],
      },
      {
        kind: 'conflict',
        count: 4,
        groups: [
          [train(3), train(4)],
          [train(6), test(2)],
        ],
      },
      {
        kind: 'repeat',
        count: 3,
        groups: [
          [train(0), train(2), train(7)],
          [train(3), train(4)],
        ],
      },
      { kind: 'oneColour', count: 1, groups: [[train(5)]] },
    ]);
  });

  it('are a line each', () => {
    expect(faultLines(planted, findFaults(planted))).toEqual([
      '2 training images are also test images: training image 1 = test image 0, training image 6 = test image 2',
      '4 images have a copy with another label: training image 3 (cat) = training image 4 (dog), training image 6 (cat) = test image 2 (dog)',
      '3 training images repeat others',
      '1 image is of one colour: training image 5',
      '2 classes have fewer than 10 training images: cat (5), dog (3)',
    ]);
  });

  it('name the files, and how to be rid of copies', () => {
    const path = (name: string) => ({ path: name, width: 30, height: 20 });
    const files = {
      folder: '/p',
      layout: '',
      train: [
        { ...path('a.png'), width: 76 },
        ...Array.from({ length: 7 }, (_, at) => path(`${at}.png`)),
      ],
      test: [path('x.png'), path('y.png'), { ...path('z.png'), height: 90 }],
      damaged: [],
      passedOver: {},
    };
    const source = { kind: 'pictures', path: '/p', typed: 'p', settings: {} } as const;
    const named = { ...planted, files, source };
    const [leak, conflict, , proportions] = faultLines(named, findFaults(named));
    expect([leak, conflict, proportions]).toEqual([
      '2 training images are also test images: 0.png = x.png, 5.png = z.png; --drop-duplicates leaves such images out of training',
      '4 images have a copy with another label: 2.png (cat) = 3.png (dog), 5.png (cat) = z.png (dog); --drop-duplicates leaves such images out of training',
      '2 pictures are much wider or taller than the others: a.png (76 × 20), z.png (30 × 90)',
    ]);
  });
});

test('more than three groups are counted', () => {
  const same = Array.from({ length: 1200 }, (_, at): Sample => [0, at >> 8, 255 - (at & 255)]);
  const [line] = faultLines(dataOf(same, same), findFaults(dataOf(same, same)));
  expect(line).toMatch(
    /^1,200 training images are also test images: .*, .*, training image 2 = test image 2 and 1,197 more$/,
  );
});

test('images of one hash are compared byte by byte', () => {
  // The hash of the first word meets the second: equal after both.
  const collide = (first: number): Sample => {
    const view = new DataView(new ArrayBuffer(8));
    view.setInt32(0, first, true);
    view.setInt32(4, imageHash(new Uint8Array(view.buffer, 0, 4)) ^ 99, true);
    return [0, ...new Uint8Array(view.buffer)];
  };
  const [one, other] = [collide(1), collide(2)];
  const hashOf = ([, ...image]: Sample) => imageHash(Uint8Array.from(image));
  expect(hashOf(one)).toBe(hashOf(other));
  const data = { ...dataOf([one, other], [other]), sampleShape: [1, 1, 8] as const };
  expect(findFaults(data).map(({ kind, count }) => [kind, count])).toEqual([['leak', 1]]);
});

describe('dropDuplicates', () => {
  const dropped = dropDuplicates(planted);

  it('keeps the first of repeated images, none with two labels, none that also tests', () => {
    expect([...dropped.train.images]).toEqual([1, 2, 7, 7]);
    expect([[...dropped.train.labels], dropped.train.count]).toEqual([[0, 1], 2]);
    expect(dropped.test).toBe(planted.test);
    expect(findFaults(dropped).map(({ kind }) => kind)).toEqual(['oneColour']);
  });

  it('counts them, and has another identity', () => {
    expect(dropped.notes).toEqual([
      'left out: 6 of 8 training images, 2 that also test the model, 2 with copies of another label, 2 that repeat others',
    ]);
    expect(dropped.attribution).toBe('us; 6 copies are left out of training');
    expect(dropped.sha256).toEqual({ samples: samplesHash(dropped) });
  });

  it('refuses to leave nothing', () => {
    const sample: Sample = [0, 1, 2];
    expect(() => dropDuplicates(dataOf([sample], [sample]))).toThrow(
      new DataError(
        'own: expected training images that are no copies, got 1 copies; keep them, or add others',
      ),
    );
  });
});

test('MNIST has no faults, so training does not look', () => {
  expect(findFaults(loadMnist())).toEqual([]);
});
