// A model and a data set so small that a run takes milliseconds.
import { shuffle } from '@convbook/core';
import type { Dataset, ImageSet } from '@convbook/data';
import {
  conv2d,
  dense,
  flatten,
  maxPool2d,
  relu,
  resolveModel,
  type ModelSpec,
} from '@convbook/layers';
import { onlyRank } from '@convbook/layers/plan';
import { toConfiguration, type TrainingSettings } from '../settings/configuration.ts';
import { prepareState } from '../loop/prepare-state.ts';
import type { SharedState } from '../engine/shared-state.ts';

export const tinyModel: ModelSpec = {
  name: 'tiny',
  input: [1, 6, 5],
  layers: [
    conv2d({ filters: 3, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2, stride: 1 }),
    flatten(),
    dense({ units: 4 }),
    relu(),
    dense({ units: 3 }),
  ],
};

// Any bytes do; a permutation is what core gives without a table.
function imageSet(seed: number, count: number): ImageSet {
  const size = 6 * 5;
  const images = new Uint8Array(new SharedArrayBuffer(count * size));
  const labels = new Uint8Array(new SharedArrayBuffer(count));
  images.set(shuffle(seed, 0, images.length));
  labels.set(shuffle(seed, 1, count).map((place) => place % 3));
  return { images, labels, count };
}

/** Noise with labels at random, three classes. */
export function tinyData(trainSamples: number, testSamples: number): Dataset {
  return {
    name: 'noise',
    sampleShape: [1, 6, 5],
    classNames: ['a', 'b', 'c'],
    train: imageSet(1, trainSamples),
    test: imageSet(2, testSamples),
    sha256: { noise: '00' },
    scaling: 'byte / 255',
    attribution: 'nobody',
  };
}

/** Some samples of a tiny set as floats, `[sample][position]`. */
export function floatsOf(
  { images }: { readonly images: Uint8Array },
  samples: ArrayLike<number>,
): Float32Array {
  const size = 6 * 5;
  const bytes = Array.from(samples, (sample) => [
    ...images.subarray(sample * size, (sample + 1) * size),
  ]);
  return Float32Array.from(bytes.flat(), (byte) => byte / 255);
}

/** The state of a run over tiny data, its parameters zero. */
export function tinyState(
  settings: TrainingSettings = {},
  { model = tinyModel, samples = 10, workers = 1, ranks = onlyRank } = {},
): Promise<SharedState> {
  const data = tinyData(samples, 5);
  const configuration = toConfiguration({ batchSize: 4, ...settings }, data.train.count);
  return prepareState(resolveModel(model), data, configuration, workers, { ranks });
}
