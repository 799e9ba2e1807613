// The synthetic data set is not trivial: a linear model fails where a convolutional one learns it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { synthetic } from '@convbook/data';
import { dense, flatten, presets, type ModelSpec } from '@convbook/layers';
import { train } from '@convbook/trainer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-synthetic-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function accuracy(name: string, model: ModelSpec, classes: number, epochs: number) {
  const [channels, height, width] = model.input;
  const data = synthetic({ sampleShape: [channels, height, width], classes, trainSamples: 2000 });
  const out = path.join(folder, name);
  const settings = { batchSize: 50, learningRate: 0.003, epochs };
  const { record } = await train({ model, data, out, ...settings });
  return record.result?.testAccuracy ?? 0;
}

describe('synthetic', () => {
  const { taewan } = presets;

  it('taewan passes 95% in 240 steps', async () => {
    expect(await accuracy('taewan', taewan, 100, 6)).toBeGreaterThan(0.95);
  });

  it('a linear model stays under 70% in as many', async () => {
    const linear = { input: taewan.input, layers: [flatten(), dense({ units: 100 })] };
    expect(await accuracy('linear', linear, 100, 6)).toBeLessThan(0.7);
  });

  it('is the same for the same seed and another for another', () => {
    const make = (seed: number) =>
      synthetic({ sampleShape: [2, 5, 7], classes: 3, seed, trainSamples: 9, testSamples: 4 });
    const [first, again, other] = [make(1), make(1), make(2)];
    expect(first.train.images).toEqual(again.train.images);
    expect(first.train.images).not.toEqual(other.train.images);
    expect([...first.train.labels]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(first.test.images).toHaveLength(4 * 70);
    // A test image is none of the training images.
    expect(first.test.images.subarray(0, 70)).not.toEqual(first.train.images.subarray(0, 70));
  });
});
