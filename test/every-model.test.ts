// Every preset and recipe trains to its end and to the same bytes, whichever worker computes a shard, and
// the files it wrote can be read. `pnpm test` takes a few models, `pnpm test:long` all.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { synthetic } from '@convbook/data';
import {
  batchNorm,
  conv2d,
  dense,
  flatten,
  presetFor,
  presets,
  relu,
  resolveModel,
  type ModelSpec,
} from '@convbook/layers';
import { readRun } from '@convbook/report';
import { constantRate, recipes, train, type TrainOptions } from '@convbook/trainer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashesOf } from '../packages/trainer/src/testing/run-files.ts';

const isLong = process.env.CONVBOOK_LONG === '1';
const minutes = 60_000;

/** Every layer is between two sums over the whole batch: 25 stages a step. */
const twelveNorms: ModelSpec = {
  name: 'twelve-norms',
  input: [1, 8, 8],
  layers: [
    ...Array.from({ length: 11 }, () => [
      conv2d({ filters: 4, kernelSize: 3, padding: 1 }),
      batchNorm(),
      relu(),
    ]).flat(),
    flatten(),
    dense({ units: 8 }),
    batchNorm(),
    dense({ units: 3 }),
  ],
};

type Settings = Partial<TrainOptions>;

/** By name: the model, and the settings it is trained with. */
const models: Readonly<Record<string, readonly [ModelSpec, Settings]>> = {
  'twelve batchNorm layers': [twelveNorms, {}],
  ...Object.fromEntries(Object.entries(presets).map(([name, model]) => [name, [model, {}]])),
  ...Object.fromEntries(
    Object.keys(presets)
      // AlexNet takes 227 × 227, and longer than all others.
      .filter((name) => name !== 'alexnet')
      .map((name) => [
        `${name} for own pictures`,
        [presetFor(name, { input: [3, 36, 40], classes: 5 }), { classWeights: 'balanced' }],
      ]),
  ),
  ...Object.fromEntries(
    Object.entries(recipes).map(([recipe, { model }]) => [
      `recipe ${recipe}`,
      [presets[model], { recipe }],
    ]),
  ),
};
const names = isLong
  ? Object.keys(models)
  : ['twelve batchNorm layers', 'mnist-best', 'lenet', 'photo-net for own pictures'];

/** Numbers of workers, and which of them sleep at the start of the recorded step. */
const crews: readonly (readonly [workers: number, sleeping: readonly number[]])[] = [
  [1, []] as const,
  [2, []] as const,
  [16, []] as const,
  [2, [1]] as const,
  [3, [0, 2]] as const,
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-models-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The step whose times are recorded: see sampled-steps.ts. */
const recordedStep = 9;

/** Trains twelve steps on data of the model's shape; the run, read as a page reads it, and its hashes. */
async function outcome(name: string, workers: number, sleeping: readonly number[]) {
  const [model, settings] = models[name];
  const [channels, height, width] = model.input;
  const [classes] = resolveModel(model).output;
  const batchSize = name === 'alexnet' ? 8 : 16;
  const trainSamples = 12 * batchSize - 3;
  const out = path.join(folder, 'run');
  const { record } = await train({
    ...settings,
    model,
    workers,
    out,
    batchSize,
    shardSize: 4,
    epochs: 1,
    seed: 5,
    schedule: constantRate(),
    learningRate: 0.0005,
    data: synthetic({
      sampleShape: [channels, height, width],
      classes,
      trainSamples,
      testSamples: 4,
    }),
    injectFault: sleeping.map((worker) => `sleep@step:${recordedStep},worker:${worker}`),
  });
  const run = readRun(out);
  const hashes = hashesOf(out);
  rmSync(out, { recursive: true });
  return { status: record.status, steps: run.steps.length, timing: run.timing, hashes };
}

test.each(names)(
  '%s: the calling thread and any workers, some of them late, make the same files',
  async (name) => {
    const { status, steps, hashes } = await outcome(name, 0, []);
    expect({ status, steps }).toEqual({ status: 'complete', steps: 12 });
    expect(Object.keys(hashes)).toContain('model.safetensors');
    for (const [workers, sleeping] of crews) {
      const got = await outcome(name, workers, sleeping);
      const crew = `${workers} workers, asleep: ${sleeping.join()}`;
      expect(got.hashes, crew).toEqual(hashes);
      const timelines = got.timing.filter(({ event }) => event === 'timeline');
      expect(
        timelines.map(({ step }) => step),
        crew,
      ).toEqual([recordedStep]);
      expect(
        got.timing.filter(({ event }) => event === 'fault'),
        crew,
      ).toEqual([]);
    }
  },
  isLong ? 30 * minutes : 2 * minutes,
);
