// The whole run over ranks of one process: the files of one rank, for any ranks and workers.
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
import { beforeAll, describe, expect, test } from 'vitest';
import { resume } from '../resume.ts';
import { temporaryDirectory, temporaryFolder } from '../testing/folder.ts';
import { trainOverRanks } from '../testing/run-over-ranks.ts';
import { hashesOf, recordOf, startsOf } from '../testing/run-files.ts';
import { tinyData } from '../testing/tiny.ts';
import { train, type TrainOptions } from '../train.ts';

const model: ModelSpec = {
  name: 'everything',
  input: [1, 6, 5],
  layers: [
    conv2d({ filters: 4, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    dropout({ rate: 0.3 }),
    residual({ layers: [conv2d({ filters: 4, kernelSize: 3, padding: 1 }), batchNorm()] }),
    relu(),
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
  seed: 11,
  epochs: 3,
  batchSize: 36,
  shardSize: 4,
  validation: 9,
  augment: { shift: 1, rotation: 10, flip: 0.5, crop: 2, erase: 0.5 },
  schedule: plateau({ wait: 1 }),
  optimizer: adam(),
  clipNorm: 0.5,
  classWeights: 'balanced' as const,
  l2Penalty: 0.001,
  weightDecay: 0.01,
  freeze: ['conv1'],
};

const source = path.join(temporaryDirectory(), 'source');
let expected: Record<string, string> = {};

function folder(): string {
  return path.join(temporaryFolder(), 'run');
}

beforeAll(async () => {
  await train({ model, data, epochs: 1, standardize: true, workers: 0, out: source });
  const out = path.join(path.dirname(source), 'run');
  await train({ ...settings, data, from: source, workers: 0, out });
  expected = hashesOf(out);
});

/** Trains over ranks; the run directory. */
async function run(ranks: number, workers: number, options: Partial<TrainOptions> = {}) {
  const out = folder();
  const given = { ...settings, data, workers, ...options };
  const codes = await trainOverRanks(
    ranks,
    (link) => train({ ...given, from: source, out, link }),
    () => given,
  );
  expect(codes).toEqual(Array.from({ length: ranks - 1 }, () => 0));
  return out;
}

describe('files of a run', () => {
  test.each([
    [1, 1],
    [2, 0],
    [2, 2],
    [3, 1],
    [4, 0],
  ])('over %i ranks with %i workers each are those of one', async (ranks, workers) => {
    expect(hashesOf(await run(ranks, workers))).toEqual(expected);
  });

  test('resumed over another number of ranks are those of one', async () => {
    const out = await run(3, 0, { stopAfter: 4 });
    expect(recordOf(out)).toMatchObject({ status: 'interrupted', result: { steps: 4 } });
    const goOn = async (ranks: number, stopAfter?: number) => {
      const chosen: string[] = [];
      await trainOverRanks(
        ranks,
        (link) => resume(out, { chooseData: () => data, workers: 1, stopAfter, link }),
        () => ({
          workers: 1,
          chooseData: ({ name }) => {
            chosen.push(name);
            return data;
          },
        }),
      );
      return chosen;
    };
    expect(await goOn(2, 7)).toEqual(['noise']);
    expect(recordOf(out)).toMatchObject({ status: 'interrupted', result: { steps: 7 } });
    await goOn(1);
    expect(hashesOf(out)).toEqual(expected);
    const samples = startsOf(out).map(({ ranks }) => ranks?.map((rank) => rank.samples));
    expect(samples).toEqual([[12, 12, 12], [16, 20], undefined]);
    expect(await goOn(2)).toEqual([]);
  });

  test('over ranks that are given the data of rank 0 are those of one', async () => {
    const out = folder();
    const given = { ...settings, workers: 0, dataFrom: 'rank0' as const };
    const lead = (link: TrainOptions['link']) => train({ ...given, data, from: source, out, link });
    await trainOverRanks(3, lead, () => ({ ...given, model: undefined }));
    expect(hashesOf(out)).toEqual(expected);
  });

  test('begun alone and resumed over ranks with the data of rank 0 are those of one', async () => {
    const out = await run(1, 0, { stopAfter: 5 });
    const given = { workers: 0, dataFrom: 'rank0' as const };
    await trainOverRanks(
      2,
      (link) => resume(out, { ...given, chooseData: () => data, link }),
      () => given,
    );
    expect(hashesOf(out)).toEqual(expected);
  });
});
