// `standardize` in whole runs; same-bytes.test.ts has it with everything else.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, RunDirectoryError, toScaling } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { synthetic } from '@convbook/data';
import { limitAndHoldOut } from '@convbook/data/training';
import { measureStandardization } from '@convbook/data/images';
import { conv2d, dense, flatten, relu } from '@convbook/layers';
import { readTrainedModel } from '@convbook/run';
import { expect, test } from 'vitest';
import { resume } from './resume.ts';
import { createTrainer } from './sequential/index.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, metricsOf, recordOf } from './testing/run-files.ts';
import { train, type TrainOptions } from './train.ts';

const shape = [3, 7, 6] as const;
const data = synthetic({ sampleShape: shape, classes: 3, trainSamples: 40, testSamples: 11 });
const layers = [conv2d({ filters: 4, kernelSize: 3, padding: 1 }), relu(), flatten()];
const model = { name: 'colour', input: [...shape], layers: [...layers, dense({ units: 3 })] };
const settings = { batchSize: 13, shardSize: 4, validation: 9, epochs: 2, seed: 5 };
const augment = { flip: 0.5, crop: 2, brightness: 0.2, contrast: 0.2, saturation: 0.3, erase: 0.4 };

async function run(options: Partial<TrainOptions> = {}): Promise<string> {
  const out = temporaryFolder();
  await train({ model, data, ...settings, workers: 0, standardize: true, ...options, out });
  return out;
}

test('run.json has the numbers of the samples trained on, and the setting', async () => {
  const { configuration, data: recorded, command } = recordOf(await run());
  expect(configuration.standardize).toBe(true);
  expect(command).toMatch(/ --standardize /);
  expect(recorded.scaling).toBe('(byte / 255 − mean) / deviation');
  const { train: used } = limitAndHoldOut(data.train.labels, {
    limit: null,
    validation: 9,
    seed: 5,
  });
  expect(recorded.standardization).toEqual(measureStandardization(data.train.images, used, shape));
  const plain = recordOf(await run({ standardize: false }));
  expect(plain.configuration.standardize).toBeUndefined();
  expect([plain.data.scaling, plain.data.standardization]).toEqual(['byte / 255', undefined]);
  expect(plain.command).toContain(' --no-standardize ');
});

test('images of three channels are standardized by default, grey ones are not', async () => {
  const given = await run();
  expect(recordOf(given).command).toContain(' --standardize ');
  expect(hashesOf(await run({ standardize: undefined }))).toEqual(hashesOf(given));
  const grey = synthetic({ sampleShape: [1, 7, 6], classes: 3, trainSamples: 40, testSamples: 11 });
  const out = temporaryFolder();
  await train({ ...settings, model: { ...model, input: [1, 7, 6] }, data: grey, workers: 0, out });
  const { configuration, command } = recordOf(out);
  expect([configuration.standardize, command.includes('standardize')]).toEqual([undefined, false]);
});

test('the same bytes for any number of workers, after a resume, and a step at a time', async () => {
  const options = { augment, classWeights: 'balanced' } as const;
  const out = await run(options);
  const hashes = hashesOf(out);
  for (const workers of [1, 2, 3]) {
    expect(hashesOf(await run({ ...options, workers }))).toEqual(hashes);
  }
  const cut = await run({ ...options, stopAfter: 4 });
  expect(recordOf(cut).status).toBe('interrupted');
  await resume(cut, { chooseData: () => data, workers: 2 });
  expect(hashesOf(cut)).toEqual(hashes);
  const trainer = createTrainer({
    model,
    data,
    module: await loadKernelModule('plain'),
    settings: { ...settings, ...options, standardize: true },
  });
  const steps = Array.from({ length: trainer.steps }, () => trainer.step());
  expect(steps).toEqual(metricsOf(out, 'step').map(({ event: _, ...numbers }) => numbers));
  expect(trainer.evaluate().loss).toBe(recordOf(out).result?.testLoss);
});

test('a run whose recorded numbers are not the data’s does not go on', async () => {
  const out = await run();
  const record = recordOf(out);
  const standardization = { means: [0, 0, 0], deviations: [1, 1, 1] };
  const changed = { ...record, status: 'interrupted', data: { ...record.data, standardization } };
  writeFileSync(path.join(out, 'run.json'), JSON.stringify(changed));
  await expect(resume(out, { chooseData: () => data })).rejects.toThrow(RunDirectoryError);
});

test('resume refuses another choice', async () => {
  await expect(resume(await run(), { chooseData: () => data, standardize: false })).rejects.toThrow(
    new ConfigurationError(
      'resume: the run has standardize on and not off; leave the options out, or start a new run',
    ),
  );
});

test('a trained model comes with the scaling that its evaluation had', async () => {
  const out = await run();
  const { standardization = { means: [], deviations: [] } } = recordOf(out).data;
  expect(readTrainedModel(out).scaling).toEqual(toScaling(standardization));
  expect(readTrainedModel(await run({ standardize: false })).scaling).toBeUndefined();
});
