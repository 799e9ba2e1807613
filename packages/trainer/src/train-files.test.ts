// What a finished run leaves in its directory.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assertClose } from '@convbook/core/testing';
import { softmaxCrossEntropyReference } from '@convbook/core/reference';
import { loadKernelModule } from '@convbook/core/node';
import { synthetic } from '@convbook/data';
import { createAugment, limitAndHoldOut } from '@convbook/data/training';
import { dense, flatten, initializeParameters, resolveModel } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import type { DatasetRecord } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './testing/folder.ts';
import { fourFilters, smallMnist } from './testing/mnist.ts';
import { hashesOf, metricsOf, recordOf, tensorsOf } from './testing/run-files.ts';
import { floatsOf, tinyData, tinyModel } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

test('all 10,000 test images are evaluated once, by the parameters that were saved', async () => {
  const data = smallMnist(10_000);
  const out = temporaryFolder();
  const { record } = await train({
    model: fourFilters,
    data,
    limit: 300,
    epochs: 1,
    workers: 0,
    out,
  });
  expect(record.result?.testSamples).toBe(10_000);
  const { logits, labels } = Object.fromEntries(tensorsOf(out, 'evaluation.safetensors'));
  expect(logits.shape).toEqual([10_000, 10]);
  expect(labels.data).toEqual(Uint8Array.from(data.test.labels));
  const x = { shape: [...logits.shape], data: Float64Array.from(logits.data) };
  const { loss, correct } = softmaxCrossEntropyReference(x, labels.data);
  expect(record.result?.testCorrect).toBe(correct);
  expect(record.result?.testAccuracy).toBe(correct / 10_000);
  assertClose([record.result?.testLoss ?? NaN], [loss / 10_000], { rtol: 1e-12, atol: 0 }, 'loss');
  const [epoch] = metricsOf(out, 'epoch');
  expect([epoch.testLoss, epoch.testAccuracy]).toEqual([
    record.result?.testLoss,
    record.result?.testAccuracy,
  ]);

  // The last 17 images again, outside of training: the same bits.
  const parameters = new Map(
    [...tensorsOf(out, 'model.safetensors')].map(([name, { data }]) => [
      name,
      data as Float32Array,
    ]),
  );
  const module = await loadKernelModule('plain');
  const images = Float32Array.from(data.test.images.subarray(-17 * 784), (byte) => byte / 255);
  const model = resolveModel(fourFilters);
  const { y } = runModel({ module, model, parameters, x: images, batchSize: 17 });
  expect(y).toEqual(logits.data.slice(-170));
});

test('dataset.json shows what augmentation makes of the first images', async () => {
  const data = tinyData(8, 4);
  const descriptionOf = async (augment: TrainOptions['augment']) => {
    const out = temporaryFolder();
    await train({ model: tinyModel, data, workers: 0, epochs: 2, seed: 3, augment, out });
    const text = readFileSync(path.join(out, 'dataset.json'), 'utf8');
    return JSON.parse(text) as DatasetRecord;
  };
  const augmented = createAugment({ shift: 2, rotation: 0, scale: 0, elastic: 0 }, 3, [1, 6, 5]);
  const { images } = data.train;
  expect((await descriptionOf({ shift: 2 })).augmented).toEqual(
    [0, 1].map((index) => [
      [...images.subarray(index * 30, index * 30 + 30)],
      [...augmented(images, index, 1)],
      [...augmented(images, index, 2)],
    ]),
  );
  expect((await descriptionOf(null)).augmented).toBeUndefined();
});

test('of larger images dataset.json shows one, as it is and in eight epochs', async () => {
  const options = {
    sampleShape: [3, 40, 40],
    classes: 2,
    trainSamples: 4,
    testSamples: 2,
  } as const;
  const data = synthetic(options);
  const layers = [flatten(), dense({ units: 2 })];
  const model = { name: 'linear', input: [3, 40, 40], layers };
  const out = temporaryFolder();
  const augment = { flip: 0.5, crop: 6, saturation: 0.5 };
  await train({ model, data, workers: 0, epochs: 9, augment, out });
  const text = readFileSync(path.join(out, 'dataset.json'), 'utf8');
  const { augmented = [] } = JSON.parse(text) as DatasetRecord;
  const none = { shift: 0, rotation: 0, scale: 0, elastic: 0 };
  const view = createAugment({ ...none, ...augment }, 1, [3, 40, 40]);
  const epochs = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(augmented).toEqual([
    [
      [...data.train.images.subarray(0, 4800)],
      ...epochs.map((epoch) => [...view(data.train.images, 0, epoch)]),
    ],
  ]);
});

describe('a run directory', () => {
  test('has its record and its data before the first step, and everything at the end', async () => {
    const out = path.join(temporaryFolder(), 'run');
    const data = tinyData(12, 5);
    const seen: string[] = [];
    const { directory, record } = await train({
      model: tinyModel,
      data,
      epochs: 2,
      batchSize: 4,
      workers: 0,
      out,
      onStart(started, at) {
        expect(recordOf(at)).toEqual(started);
        expect(started.status).toBe('running');
        expect(existsSync(path.join(at, 'dataset.json'))).toBe(true);
        seen.push('start');
      },
      onEvent: ({ stream, event }) => seen.push(`${stream} ${event}`),
    });
    expect(directory).toBe(out);
    expect(record.status).toBe('complete');
    expect(seen.slice(0, 3)).toEqual(['start', 'metrics start', 'timing start']);
    const [step, layers] = ['metrics step', 'metrics layers'];
    const epochs = [
      step,
      layers,
      step,
      step,
      layers,
      'metrics epoch',
      step,
      step,
      step,
      layers,
      'metrics epoch',
    ];
    const metrics = seen.filter((name) => name.startsWith('metrics'));
    expect(metrics).toEqual(['metrics start', ...epochs, 'metrics end']);
    expect(Object.keys(hashesOf(out)).filter((name) => name.startsWith('snapshots'))).toEqual([
      'snapshots/statistics-000000.safetensors',
      'snapshots/statistics-000003.safetensors',
      'snapshots/statistics-000006.safetensors',
      'snapshots/step-000000.safetensors',
      'snapshots/step-000003.safetensors',
      'snapshots/step-000006.safetensors',
    ]);
    const bytes = readFileSync(path.join(out, 'model.safetensors'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(metricsOf(out, 'end')).toEqual([
      { event: 'end', status: 'complete', step: 6, modelSha256: sha256 },
    ]);
    expect(record.result?.modelSha256).toBe(sha256);
  });

  test('shows the first filters as they were, and as they are', async () => {
    const out = temporaryFolder();
    await train({
      model: tinyModel,
      data: tinyData(8, 5),
      epochs: 1,
      batchSize: 8,
      workers: 0,
      out,
    });
    const weight = (file: string) => tensorsOf(out, file).get('conv1.weight');
    const initial = initializeParameters(resolveModel(tinyModel), 1).get('conv1.weight');
    expect(weight('snapshots/step-000000.safetensors')?.data).toEqual(initial);
    expect(weight('snapshots/step-000001.safetensors')).toEqual(weight('model.safetensors'));
  });

  test('keeps images the notebook may show, with their place in the test set', async () => {
    const out = temporaryFolder();
    // Few enough to keep them all; what is kept of many is artifacts.test.ts's business.
    const data = tinyData(8, 20);
    await train({ model: tinyModel, data, epochs: 1, batchSize: 8, workers: 0, out });
    const { images, indexes } = Object.fromEntries(tensorsOf(out, 'samples.safetensors'));
    expect([...indexes.data]).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(images.shape).toEqual([20, 1, 6, 5]);
    expect([...images.data]).toEqual([...data.test.images]);
  });

  test('with validation: the samples drawn are held out, and the best epoch is kept', async () => {
    const out = temporaryFolder();
    const data = tinyData(30, 5);
    const settings = { epochs: 4, batchSize: 8, validation: 10, learningRate: 0.05 };
    await train({ ...settings, model: tinyModel, data, workers: 0, out });
    const losses = metricsOf(out, 'epoch').map(({ validationLoss }) => validationLoss as number);
    expect(losses).toHaveLength(4);
    const best = 1 + losses.indexOf(Math.min(...losses));
    const [epoch, , step] =
      tensorsOf(out, 'checkpoints/best.safetensors').get('cursor')?.data ?? [];
    expect([epoch, step]).toEqual([best + 1, 3 * best]);
    // The best parameters on the held-out samples give the loss that was logged.
    const parameters = new Map(
      [...tensorsOf(out, 'checkpoints/best.safetensors')].map(
        ([name, { data }]) => [name, data as Float32Array] as [string, Float32Array],
      ),
    );
    const split = limitAndHoldOut(data.train.labels, { limit: null, validation: 10, seed: 1 });
    const heldOut = [...split.validation];
    const batch = { parameters, x: floatsOf(data.train, heldOut), batchSize: 10 };
    const labels = heldOut.map((sample) => data.train.labels[sample]);
    const module = await loadKernelModule('plain');
    const { loss } = runModel({ ...batch, module, model: resolveModel(tinyModel), labels });
    assertClose([loss], [losses[best - 1]], { rtol: 1e-12, atol: 0 }, 'validation loss');
  });
});
