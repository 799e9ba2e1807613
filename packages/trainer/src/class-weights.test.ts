// `classWeights: 'balanced'` in whole runs; same-bytes.test.ts has it with everything else.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, RunDirectoryError, shuffle } from '@convbook/core';
import { assertClose } from '@convbook/core/testing';
import { loadKernelModule } from '@convbook/core/node';
import { softmaxCrossEntropyReference } from '@convbook/core/reference';
import { limitAndHoldOut } from '@convbook/data/training';
import { initializeParameters, resolveModel } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { huber } from '@convbook/run';
import { expect, test } from 'vitest';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { metricsOf, recordOf, tensorsOf } from './testing/run-files.ts';
import { floatsOf, tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const data = tinyData(20, 9);
// Of 20 samples 14 are used, and 2 of these held out: 6 of class 0, 2 of 1 and 4 of 2 are trained on.
data.train.labels.set([0, 0, 1, 0, 0, 2, 0, 2, 0, 0, 1, 2, 0, 0, 0, 2, 2, 2, 1, 2]);
const weights = [12 / 18, 12 / 6, 12 / 12];
const used = { limit: 14, validation: 2, seed: 5 };
const base = { model: tinyModel, data, batchSize: 6, epochs: 1, ...used };

async function run(options: Partial<TrainOptions> = {}): Promise<string> {
  const out = temporaryFolder();
  await train({ ...base, workers: 0, classWeights: 'balanced', ...options, out });
  return out;
}

test('the weights are those of the samples trained on, in run.json', async () => {
  const { configuration, data: recorded, command } = recordOf(await run());
  expect(configuration.classWeights).toBe('balanced');
  expect(recorded.classWeights).toEqual(weights);
  expect(command).toContain(' --class-weights balanced ');
  const plain = recordOf(await run({ classWeights: null }));
  expect([plain.configuration.classWeights, plain.data.classWeights]).toEqual([
    undefined,
    undefined,
  ]);
});

test('the logged loss is the weighted mean of the batch, that of the test set the plain mean', async () => {
  const out = await run();
  const model = resolveModel(tinyModel);
  const trained = limitAndHoldOut(data.train.labels, used).train;
  const indexes = [...shuffle(5, 1, 12).subarray(0, 6)].map((place) => trained[place]);
  const { loss } = runModel({
    module: await loadKernelModule('plain'),
    model,
    parameters: initializeParameters(model, 5),
    x: floatsOf(data.train, indexes),
    batchSize: 6,
    labels: Array.from(indexes, (index) => data.train.labels[index]),
    classWeights: weights,
  });
  assertClose([metricsOf(out, 'step')[0].loss], [loss], { rtol: 1e-9, atol: 0 }, 'loss');
  const { logits, labels } = Object.fromEntries(tensorsOf(out, 'evaluation.safetensors'));
  const x = { shape: [...logits.shape], data: Float64Array.from(logits.data) };
  const test = softmaxCrossEntropyReference(x, Array.from(labels.data, Number)).loss / 9;
  const { testLoss = NaN } = recordOf(out).result ?? {};
  assertClose([testLoss], [test], { rtol: 1e-12, atol: 0 }, 'test loss');
});

test('a run whose recorded weights are not the data’s does not go on', async () => {
  const out = await run();
  const record = recordOf(out);
  const changed = { ...record, status: 'interrupted', data: { ...record.data } };
  changed.data.classWeights = [1, 1, 1];
  const file = path.join(out, 'run.json');
  writeFileSync(file, JSON.stringify(changed));
  await expect(resume(out, { chooseData: () => data })).rejects.toThrow(
    new RunDirectoryError(
      `${file}: expected data.classWeights [0.6666666666666666,2,1] ` +
        'as the data have it, got [1,1,1]; put run.json back, or start a new run',
    ),
  );
});

test('another loss is refused by name', async () => {
  await expect(run({ loss: huber() })).rejects.toThrow(
    new ConfigurationError(
      'classWeights: expected loss softmax-cross-entropy, which can weigh classes, got huber; ' +
        'leave the weights out, or choose another --loss',
    ),
  );
});
