// A scaled rate in a run.
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { constantRate } from '@convbook/run';
import { expect, test } from 'vitest';
import { resume } from '../resume.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { hashesOf, metricsOf, recordOf } from '../testing/run-files.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train, type TrainOptions } from '../train.ts';
import { toConfiguration } from './configuration.ts';
import { withDefaults } from './recipes.ts';

const data = tinyData(16, 4);
const shared = { model: tinyModel, data, workers: 0, epochs: 1, schedule: constantRate() };
const scaled = { learningRate: 0.01, batchSize: 8, scaleRate: 'linear', baseBatch: 4 } as const;

async function run(options: Partial<TrainOptions>): Promise<string> {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...shared, ...options, out });
  return out;
}

test('trains what the scaled rate itself trains', async () => {
  const [own, plain] = [await run(scaled), await run({ batchSize: 8, learningRate: 0.02 })];
  expect(metricsOf(own, 'step').map(({ learningRate }) => learningRate)).toEqual([0.02, 0.02]);
  expect(hashesOf(own)['model.safetensors']).toBe(hashesOf(plain)['model.safetensors']);
  expect(recordOf(own).configuration).toMatchObject({ ...scaled, scaledRate: 0.02 });
});

test('is resumed with the same rate, and refuses another', async () => {
  const out = await run({ ...scaled, stopAfter: 1 });
  const chooseData = () => data;
  await expect(resume(out, { scaleRate: 'sqrt', chooseData })).rejects.toThrow(
    new ConfigurationError(
      'resume: the run has scaleRate linear and not sqrt; leave the options out, or start a new run',
    ),
  );
  await resume(out, { scaleRate: 'linear', chooseData });
  expect(hashesOf(out)).toEqual(hashesOf(await run(scaled)));
});

test('the base batch is the preset’s own, where it has one', () => {
  const size = { samples: 1000, height: 64, width: 64 };
  const settings = { scaleRate: 'linear', batchSize: 256 } as const;
  expect(withDefaults(settings, 'photo-net', size)).toMatchObject({
    baseBatch: 32,
    batchSize: 256,
  });
  const given = { ...settings, baseBatch: 8 };
  expect(withDefaults(given, 'photo-net', size)).toMatchObject({ baseBatch: 8 });
  expect(withDefaults({ batchSize: 256 }, 'photo-net', size)).not.toHaveProperty('baseBatch');
  expect(toConfiguration(withDefaults(settings, 'simple-convnet'), 1000).baseBatch).toBe(100);
});

const alone =
  'baseBatch: expected scaleRate linear or sqrt with it, got 64 and none; ' +
  'give --scale-rate, or leave the option out';

test(alone, () => {
  expect(() => toConfiguration({ baseBatch: 64 }, 100)).toThrow(new ConfigurationError(alone));
});
