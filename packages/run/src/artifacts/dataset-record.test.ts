import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../record/run-record.ts';
import { parseDatasetRecord } from './dataset-record.ts';

const advice = 'train again, or restore the run directory from a copy';
const refused = (message: string) => new RunDirectoryError(`${message}; ${advice}`);

describe('parseDatasetRecord', () => {
  const data = { sampleShape: [1, 1, 2], classNames: ['a', 'b'] } as unknown as RunRecord['data'];
  const description = {
    name: 'two',
    sampleShape: [1, 1, 2],
    classNames: ['a', 'b'],
    train: { samples: 3, perClass: [1, 2] },
    test: { samples: 1, perClass: [0, 1] },
    meanImages: [
      [0, 255],
      [7, 7],
    ],
    histogram: new Array<number>(256).fill(0),
  };
  const fault = {
    kind: 'leak',
    count: 1,
    groups: 1,
    shown: [{ image: 'AAc=', places: [{ set: 'train', index: 0, label: 1, path: 'a.png' }] }],
  };
  const shown = {
    samples: { shape: [1, 1, 2], classes: ['AAcBBw==', ''] },
    faults: { shape: [1, 1, 2], found: [fault] },
    files: {
      layout: 'a folder a class',
      sizes: { smallest: [1, 2], middle: [1, 2], largest: [1, 2] },
      damaged: 0,
      passedOver: { links: 1 },
    },
  };
  const parse = (value: unknown) => parseDatasetRecord(JSON.stringify(value), 'd', data);

  test('reads a description of the data of run.json', () => {
    expect(parse(description)).toEqual(description);
    const augmented = [
      [
        [0, 1],
        [1, 0],
      ],
    ];
    expect(parse({ ...description, augmented })).toEqual({ ...description, augmented });
    expect(parse({ ...description, ...shown })).toEqual({ ...description, ...shown });
  });

  test.each<[object, string]>([
    [
      { sampleShape: [1, 2, 1] },
      'expected sampleShape to be data.sampleShape of run.json, [1,1,2], got [1,2,1]',
    ],
    [
      { sampleShape: [1, 1e9, 1e9] },
      'expected sampleShape to be data.sampleShape of run.json, [1,1,2], got [1,1000000000,1000000000]',
    ],
    [
      { classNames: ['a', 'c'] },
      'expected classNames to be data.classNames of run.json, ["a","b"], got ["a","c"]',
    ],
    [
      { train: { samples: 3, perClass: [3] } },
      'expected train.perClass to be a list of 2 whole numbers from 0, got [3]',
    ],
    [
      { meanImages: [[0, 0]] },
      'expected meanImages to be an image for each of 2 classes, or none, got [[0,0]]',
    ],
    [
      {
        meanImages: [
          [0, 0],
          [0, 256],
        ],
      },
      'expected meanImages[1] to be a list of 2 whole numbers from 0 to 255, got [0,256]',
    ],
    [{ histogram: [1] }, 'expected histogram to be a list of 256 whole numbers from 0, got [1]'],
    [{ histogram: [0.5] }, 'expected whole numbers, got 0.5'],
    [
      { augmented: [[[0, 0]]] },
      'expected augmented[0] to be a list of at least 2 items, got [[0,0]]',
    ],
    [
      { augmented: [[[0, 0], [0]]] },
      'expected augmented[0][1] to be a list of 2 whole numbers from 0 to 255, got [0]',
    ],
    [
      { samples: { shape: [1, 1, 2], classes: ['AA==', ''] } },
      'expected samples to be whole images of that shape, got {"shape":[1,1,2],"classes":["AA==",""]}',
    ],
    [
      { samples: { shape: [1, 1, 65], classes: ['', ''] } },
      'expected samples.shape to be [1 or 3, height, width] of at most 64 pixels, got [1,1,65]',
    ],
    [
      { faults: { shape: [1, 1, 2], found: [{ ...fault, kind: 'other' }] } },
      'expected faults.found[0].kind to be "leak" or "conflict" or "repeat" or "proportions" or "oneColour", got "other"',
    ],
    [
      { faults: { shape: [1, 1, 1], found: [fault] } },
      'expected faults to be images of that shape, got {"shape":[1,1,1],"found":[{"kind":"leak","count":1,"group…',
    ],
  ])('refuses %j', (change, message) => {
    expect(() => parse({ ...description, ...change })).toThrow(refused(`d: ${message}`));
  });

  test('refuses more than 8 MiB before it parses', () => {
    const text = ' '.repeat(2 ** 23 + 1);
    expect(() => parseDatasetRecord(text, 'd', data)).toThrow(
      refused('d: expected at most 8388608 characters, got 8388609'),
    );
  });
});
