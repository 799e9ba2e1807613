import { ConfigurationError } from '@convbook/core';
import { expect, test } from 'vitest';
import { repeatCommand } from './format.ts';
import type { RateScaling } from './rate-scaling.ts';
import { toRunConfiguration } from './record.ts';
import { resolveRecorded, resolveSettings } from './resolve.ts';
import { shownSettings } from './shown.ts';
import type { TrainingSettings } from './table.ts';

test.each<[TrainingSettings, baseBatch: number | null, scaledRate: number | null]>([
  [{ batchSize: 1600 }, null, null],
  [{ batchSize: 1600, scaleRate: null }, null, null],
  [{ batchSize: 1600, scaleRate: 'linear' }, 100, 8],
  [{ batchSize: 1600, scaleRate: 'sqrt' }, 100, 2],
  [{ batchSize: 25, scaleRate: 'sqrt' }, 100, 0.25],
  [{ batchSize: 1600, scaleRate: 'linear', baseBatch: 64 }, 64, 12.5],
  [{ scaleRate: 'linear' }, 100, 0.5],
])('%j with a rate of 0.5', (settings, baseBatch, scaledRate) => {
  const given = { ...settings, learningRate: 0.5 };
  const configuration = resolveSettings(given, 60_000);
  expect(configuration).toMatchObject({ learningRate: 0.5, baseBatch, scaledRate });
  // What is recorded resolves to the same once more: nothing is scaled twice.
  expect(resolveRecorded(toRunConfiguration(configuration), 60_000)).toEqual(configuration);
});

test('the record, the notebook and the command have it only where a rate is scaled', () => {
  const plain = toRunConfiguration(resolveSettings({}, 10));
  expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['scaleRate']));
  expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['baseBatch']));
  expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['scaledRate']));
  const configuration = resolveSettings({ batchSize: 400, scaleRate: 'linear' }, 10);
  const recorded = toRunConfiguration(configuration);
  expect(recorded).toMatchObject({ scaleRate: 'linear', baseBatch: 100, scaledRate: 0.016 });
  const shown = shownSettings(recorded).map(({ name, value }) => `${name} ${value}`);
  const at = shown.indexOf('learningRate 0.004');
  expect(shown.slice(at + 1, at + 4)).toEqual([
    'scaleRate linear',
    'baseBatch 100',
    'scaledRate 0.016',
  ]);
  const command = repeatCommand('net', 'mnist', configuration);
  expect(command).toContain('--learning-rate 0.004 --scale-rate linear --base-batch 100');
});

test.each<[string, TrainingSettings]>([
  ['scaleRate: expected linear or sqrt, got "cubic"', { scaleRate: 'cubic' as RateScaling }],
  ['baseBatch: expected an integer of at least 1, got 0', { scaleRate: 'sqrt', baseBatch: 0 }],
])('%s', (message, settings) => {
  expect(() => resolveSettings(settings, 10)).toThrow(new ConfigurationError(message));
});
