import { syntheticEvaluation, syntheticRecord, type RunSettings } from '@convbook/run/testing';
import { expect, test } from 'vitest';
import { hostDifferences, settingDifferences } from './differences.ts';

const settings: RunSettings = {
  status: 'complete',
  classNames: ['a', 'b'],
  epochs: 2,
  stepsPerEpoch: 3,
  steps: 6,
  testSamples: 20,
  input: [1, 28, 28],
  filters: 3,
  kernelSize: 5,
};

const record = (options: Partial<RunSettings> = {}) =>
  syntheticRecord({ ...settings, ...options }, syntheticEvaluation(20, 2), '0'.repeat(64));

test('settingDifferences names what differs by its path, and null where a run has none', () => {
  const [a, b] = [record(), record({ filters: 4 })];
  b.configuration.seed = 2;
  b.configuration.optimizer = { name: 'sgd' };
  b.configuration.clipNorm = null;
  b.host.cores = 64;
  expect(settingDifferences([a, b])).toEqual([
    { path: 'model.layers 1.filters', values: ['3', '4'] },
    { path: 'configuration.seed', values: ['1', '2'] },
    { path: 'configuration.optimizer.name', values: ['adamW', 'sgd'] },
    { path: 'configuration.optimizer.beta1', values: ['0.9', null] },
    { path: 'configuration.optimizer.beta2', values: ['0.999', null] },
    { path: 'configuration.optimizer.epsilon', values: ['1e-8', null] },
    { path: 'configuration.optimizer.weightDecay', values: ['0.01', null] },
    { path: 'configuration.clipNorm', values: [null, 'none'] },
  ]);
  const runs = [a, b].map((own) => ({ record: own, timing: [] }));
  expect(hostDifferences(runs)).toEqual([{ path: 'host.cores', values: ['2', '64'] }]);
});

test('hostDifferences tells how many ranks each session had, where any had several', () => {
  const start = { event: 'start', schema: 1, at: '2026-01-31', workers: 1, step: 0 } as const;
  const ranks = ['a', 'b'].map((host, rank) => ({ rank, host, workers: 1 }));
  const timings = [[start], [{ ...start, ranks }], [{ ...start, ranks }, start]];
  const runs = timings.map((timing) => ({ record: record(), timing }));
  expect(hostDifferences(runs)).toEqual([{ path: 'ranks', values: ['1', '2', '2 → 1'] }]);
});

test('layers of models that are not built alike are compared by what they are', () => {
  const [a, b] = [record(), record()];
  b.model.layers.splice(1, 0, { kind: 'batchNorm', momentum: 0.2 });
  b.configuration.seed = 2;
  expect(settingDifferences([a, b])).toEqual([
    { path: 'model.layers batchNorm 1', values: [null, 'batchNorm, momentum 0.2'] },
    { path: 'configuration.seed', values: ['1', '2'] },
  ]);
});

test('a layer stands beside the one of its kind that is most like it, in the order of the layers', () => {
  const models = [record(), record(), record()];
  const [small, deep, other] = models.map(({ model }) => model);
  const conv = (filters: number) => ({ kind: 'conv2d', filters, kernelSize: 3 }) as const;
  const head = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }] as const;
  small.layers = [conv(8), { kind: 'relu' }, ...head];
  deep.layers = [conv(4), { kind: 'relu' }, conv(8), { kind: 'relu' }, ...head];
  other.layers = [{ kind: 'avgPool2d', size: 2 }, ...head];
  expect(settingDifferences(models)).toEqual([
    { path: 'model.layers conv2d 1', values: [null, 'conv2d, filters 4, kernelSize 3', null] },
    { path: 'model.layers relu 1', values: [null, 'relu', null] },
    {
      path: 'model.layers conv2d 2',
      values: ['conv2d, filters 8, kernelSize 3', 'conv2d, filters 8, kernelSize 3', null],
    },
    { path: 'model.layers relu 2', values: ['relu', 'relu', null] },
    { path: 'model.layers avgPool2d 1', values: [null, null, 'avgPool2d, size 2'] },
  ]);
});

test('equal records do not differ, nor do their ends', () => {
  expect(settingDifferences([record(), record(), record({ status: 'interrupted' })])).toEqual([]);
});
