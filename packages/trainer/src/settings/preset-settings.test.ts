import { presets, resolveModel } from '@convbook/layers';
import { expect, test } from 'vitest';
import { dataConfiguration } from './data-configuration.ts';
import { fittedSettings } from './preset-settings.ts';

const photoNet = resolveModel(presets['photo-net']);

test('every preset whose settings follow from the data is there', () => {
  expect(Object.keys(presets)).toEqual(expect.arrayContaining(Object.keys(fittedSettings)));
});

const rows: [shape: readonly [number, number, number], samples: number, wants: object][] = [
  [[3, 64, 64], 8000, { epochs: 13, batchSize: 64, augment: { crop: 4 }, standardize: true }],
  [[3, 96, 96], 3999, { epochs: 11, batchSize: 32, augment: { crop: 6 }, standardize: true }],
  [[1, 64, 64], 80, { epochs: 100, batchSize: 32, augment: { crop: 4 }, standardize: false }],
  [[1, 28, 28], 60_000, { epochs: 10, batchSize: 64, augment: { crop: 1 }, standardize: false }],
];
test.each(rows)('photo-net for %j and %d samples: %j', (sampleShape, count, wants) => {
  const data = { sampleShape, train: { count } };
  const configuration = dataConfiguration({}, photoNet, data);
  expect(configuration).toMatchObject(wants);
  expect(configuration.augment).toMatchObject({ rotation: 10, scale: 0.1 });
});

test('small images are not cut; what is given stands; limit and validation count', () => {
  const data = { sampleShape: [3, 8, 8], train: { count: 8000 } } as const;
  expect(dataConfiguration({}, photoNet, data).augment).not.toHaveProperty('crop');
  const given = { augment: null, epochs: 3, batchSize: 7, standardize: false };
  expect(dataConfiguration(given, photoNet, data)).toMatchObject(given);
  const size = { ...data, sampleShape: [3, 64, 64] } as const;
  const part = { limit: 3000, validation: 1000 };
  expect(dataConfiguration(part, photoNet, size)).toMatchObject({ epochs: 50, batchSize: 32 });
});

test.each([
  ['batched-cnn', 32],
  ['taewan-fc', 32],
  ['simple-convnet', 16],
  ['photo-net', 16],
] as const)(
  'shards of %s, whose weights outweigh its maps or do not, have at most %i samples',
  (name, size) => {
    const data = { sampleShape: [1, 28, 28], train: { count: 60_000 } } as const;
    const { shardSize } = dataConfiguration({ batchSize: 100 }, resolveModel(presets[name]), data);
    expect(shardSize).toBe(size);
  },
);
