import { trainerData } from '../../data/trainer-data.ts';
import { bookCompute, viewText } from '../../testing/index.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Compute } from '../../figure/compute.ts';
import { controls } from './controls.ts';
import { modelSha256 } from './hash.ts';
import { trainHereLesson } from './index.ts';
import { histogram } from './look.ts';
import { firstSettings, netOf, type Settings } from './settings.ts';
import { firstState, type Snapshot, type State } from './state.ts';
import { createTraining, type Training } from './training.ts';
import { readRecord } from './training-record.ts';
import { view } from './view.ts';

let compute: Compute;
beforeAll(async () => {
  compute = await bookCompute(trainHereLesson);
}, 120_000);

function begin(changed: Partial<Settings> = {}): Training {
  const data = trainerData(compute.data('training-digits'), compute.data('held-out-digits'));
  const parts = createTraining({ ...firstSettings, ...changed }, data, compute.module);
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
  }
}

function trainTo(training: Training, target: number): Training {
  while (!training.isAt(target))
    for (const part of training.towards(target)) expect(part).toBeUndefined();
  return training;
}

const shownOf = (training: Training): Snapshot => ({
  ...training.snapshot(),
  hashes: new Map(),
  speed: null,
  before: null,
});

function textOf(state: State): string {
  return viewText({ id: 'train', start: firstState, controls, view }, state, compute);
}

describe('the first settings', () => {
  test('give the bytes of train with workers, and again after steps back', async () => {
    const record = readRecord(compute.data('training-record'));
    expect(record.hashes.map(({ step }) => step)).toEqual([20, 100]);
    const training = begin();
    const hashHere = () =>
      modelSha256(netOf(firstSettings).name ?? '', training.snapshot().parameters);
    for (const { step, sha256 } of record.hashes) {
      trainTo(training, step);
      expect(await hashHere()).toBe(sha256);
    }
    expect(training.course().losses).toEqual(record.losses);
    for (const step of [97, 3, 100]) {
      trainTo(training, step);
      expect(training.course().losses).toEqual(record.losses.slice(0, step));
    }
    expect(await hashHere()).toBe(record.hashes[1].sha256);
    expect(training.course().heldOut.slice(-1)).toEqual([[100, 0.854]]);
    const text = textOf({ ...firstState, shown: shownOf(training) });
    expect(text).toContain(
      'Step 100 · loss 0.407 · 85.4% of 500 held-out images right at step 100',
    );
    expect(text).toContain(record.hashes[0].sha256);
  }, 120_000);

  test('begin with ten equal scores', () => {
    const text = textOf(firstState);
    expect(text).toContain('Step 0');
    expect(text).toContain('2 10.0%');
    expect(readRecord(compute.data('training-record')).losses[0]).toBeCloseTo(Math.log(10), 3);
  });
});

test.each([
  ['Adam, 0.01', { learningRate: 0.01 }, 0.96],
  ['Adam, 0.1', { learningRate: 0.1 }, 0.1],
  ['SGD, 0.1', { optimizer: 'sgd', learningRate: 0.1 }, 0.306],
  ['momentum, 0.1', { optimizer: 'momentum', learningRate: 0.1 }, 0.916],
  ['sigmoid', { activation: 'sigmoid' }, 0.1],
] satisfies [string, Partial<Settings>, number][])(
  '%s has the accuracy of the text after 100 steps',
  (_, changed, accuracy) => {
    const { heldOut } = trainTo(begin(changed), 100).course();
    expect(heldOut.slice(-1)).toEqual([[100, accuracy]]);
  },
  120_000,
);

test('histograms count what lies beyond their ends at the ends', () => {
  const values = Float32Array.of(-Infinity, -1, 0, 0, 5);
  expect(histogram(values, [-1, 1], (value) => value, 2)).toEqual([
    [-0.5, 0.4],
    [0.5, 0.6],
  ]);
});

test('the extremes of every control make a network that trains', () => {
  for (const changed of [
    { filters: 4, kernelSize: 7, batchSize: 200, seed: 9 },
    { filters: 30, kernelSize: 3, batchSize: 10, activation: 'tanh' },
  ] satisfies Partial<Settings>[]) {
    const training = trainTo(begin(changed), 1);
    const shown = shownOf(training);
    for (const digit of [0, 499]) {
      expect(textOf({ ...firstState, settings: shown.settings, digit, shown })).toContain(
        digit === 0 ? 'it is a 0' : 'it is a 9',
      );
    }
  }
});
