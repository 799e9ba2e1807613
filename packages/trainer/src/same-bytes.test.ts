// Everything that could depend on who does what, in one model: dropout, statistics of whole batches,
// residual blocks, augmentation, clipping, a plateau; nine shards for eight workers, and a short last batch.
import path from 'node:path';
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  maxPool2d,
  relu,
  residual,
  type ModelSpec,
} from '@convbook/layers';
import { adam, plateau } from '@convbook/run';
import { expect, test } from 'vitest';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, metricsOf, recordOf } from './testing/run-files.ts';
import { tinyData } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const model: ModelSpec = {
  name: 'everything',
  input: [1, 6, 5],
  layers: [
    conv2d({ filters: 4, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    dropout({ rate: 0.3 }),
    residual({
      layers: [
        conv2d({ filters: 5, kernelSize: 3, padding: 1, stride: 2 }),
        batchNorm(),
        dropout(),
      ],
    }),
    relu(),
    residual({ layers: [conv2d({ filters: 5, kernelSize: 1 }), relu()] }),
    maxPool2d({ size: 2, stride: 1 }),
    flatten(),
    dense({ units: 8 }),
    batchNorm(),
    relu(),
    dropout({ rate: 0.5 }),
    dense({ units: 3 }),
  ],
};
const data = tinyData(100, 70);
const settings = {
  model,
  data,
  seed: 11,
  epochs: 3,
  batchSize: 36,
  shardSize: 4,
  validation: 9,
  augment: {
    shift: 1,
    rotation: 10,
    scale: 0.1,
    elastic: 1,
    flip: 0.5,
    crop: 2,
    brightness: 0.2,
    contrast: 0.2,
    erase: 0.5,
  },
  schedule: plateau({ wait: 1 }),
  optimizer: adam(),
  clipNorm: 0.5,
  classWeights: 'balanced' as const,
  standardize: true,
  l2Penalty: 0.001,
  weightDecay: 0.01,
};

/** Nine steps, three an epoch. */
async function run(options: Partial<TrainOptions>): Promise<string> {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...settings, ...options, out });
  return out;
}

const sequential = async () => hashesOf(await run({ workers: 0 }));

test('files of a run on the calling thread and with eight workers are equal', async () => {
  const expected = await sequential();
  expect(Object.keys(expected)).toEqual(
    expect.arrayContaining([
      'checkpoints/best.safetensors',
      'checkpoints/last.safetensors',
      'metrics.ndjson',
      'evaluation.safetensors',
      'model.safetensors',
    ]),
  );
  expect(hashesOf(await run({ workers: 8 }))).toEqual(expected);
});

test('stopped mid-epoch with eight workers, then with two, then ended on the calling thread', async () => {
  const out = await run({ workers: 8, stopAfter: 4 });
  expect(recordOf(out)).toMatchObject({ status: 'interrupted', result: { epochs: 1, steps: 4 } });
  await resume(out, { chooseData: () => data, workers: 2, stopAfter: 8 });
  expect(recordOf(out)).toMatchObject({ status: 'interrupted', result: { epochs: 2, steps: 8 } });
  await resume(out, { chooseData: () => data, workers: 0 });
  expect(metricsOf(out, 'step').map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(hashesOf(out)).toEqual(await sequential());
});

test('files of batches of three sections are equal on the calling thread, with one and with three workers', async () => {
  const sections = { data: tinyData(620, 20), batchSize: 300, shardSize: 8, epochs: 1 };
  const expected = hashesOf(await run({ ...sections, workers: 0 }));
  for (const workers of [1, 3]) {
    expect(hashesOf(await run({ ...sections, workers }))).toEqual(expected);
  }
});
