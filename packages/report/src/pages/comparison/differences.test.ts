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
  expect(hostDifferences([a, b])).toEqual([{ path: 'host.cores', values: ['2', '64'] }]);
});

test('of models that are not built alike each layer is one setting, and stays with its model', () => {
  const [a, b] = [record(), record()];
  b.model.layers.splice(1, 0, { kind: 'batchNorm', momentum: 0.2 });
  b.configuration.seed = 2;
  const differences = settingDifferences([a, b]);
  expect(differences[0]).toEqual({
    path: 'model.layers 2',
    values: ['relu', 'batchNorm, momentum 0.2'],
  });
  const paths = differences.map(({ path }) => path);
  expect(paths).toHaveLength(b.model.layers.length);
  expect(paths.slice(-2)).toEqual([`model.layers ${b.model.layers.length}`, 'configuration.seed']);
});

test('equal records do not differ, nor do their ends', () => {
  expect(settingDifferences([record(), record(), record({ status: 'interrupted' })])).toEqual([]);
});
