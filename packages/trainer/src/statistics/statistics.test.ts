// What a run records in snapshots/statistics-…: against the same numbers by plain loops in float64, from the model's file.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dense, flatten, resolveModel, type ModelSpec } from '@convbook/layers';
import { runReference } from '@convbook/layers/testing';
import { readRun, type Histogram } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { resume } from '../resume.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { hashesOf, metricsOf, tensorsOf } from '../testing/run-files.ts';
import { floatsOf, tinyData, tinyModel } from '../testing/tiny.ts';
import { train, type TrainOptions } from '../train.ts';

const data = tinyData(40, 50);
const base = { model: tinyModel, data, batchSize: 8, epochs: 3, seed: 3, workers: 0 };

async function trained(options: Partial<TrainOptions> = {}): Promise<string> {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...base, ...options, out });
  return out;
}

/** The lower ends of the bins, with how many values are below each. */
function below({ limit, counts }: Histogram): { end: number; count: number }[] {
  let count = 0;
  return [...counts].map((own, at) => {
    const end = ((at - 128 - (at > 128 ? 1 : 0)) * limit) / 128;
    count += own;
    return { end, count: count - own };
  });
}

/** Values near a bin's end, or near zero, may be counted on either side of it: float32 rounds. */
function expectCounts(histogram: Histogram, values: ArrayLike<number>): void {
  const all = Array.from(values);
  const margin = 1e-6 * histogram.limit;
  expect(below(histogram).at(-1)?.count).toBe(all.length);
  for (const { end, count } of below(histogram).slice(1, -1)) {
    expect(count).toBeGreaterThanOrEqual(all.filter((value) => value < end - margin).length);
    expect(count).toBeLessThanOrEqual(all.filter((value) => value < end + margin).length);
  }
}

/** What the first layers of the tiny model give to the test set, `[sample][unit][place]`. */
function outputsOf(out: string, layers: number) {
  const stored = tensorsOf(out, 'model.safetensors');
  const parameters = new Map(
    [...stored].map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]),
  );
  const model = resolveModel({ ...tinyModel, layers: tinyModel.layers.slice(0, layers) });
  const places = Array.from({ length: data.test.count }, (_, k) => k);
  const x = floatsOf(data.test, places);
  const { y } = runReference({ model, parameters, x, batchSize: places.length });
  return { y, shape: model.output };
}

describe('the statistics of a run', () => {
  test('weights are those of the model', async () => {
    const out = await trained();
    const last = readRun(out).statistics.at(-1);
    const stored = tensorsOf(out, 'model.safetensors');
    expect(last?.layers.map(({ name }) => name)).toEqual(['conv1', 'dense1', 'dense2']);
    for (const { name, weights } of last?.layers ?? []) {
      const values = stored.get(`${name}.weight`)?.data as Float32Array;
      if (weights === null) throw new Error(`${name} has no weights`);
      expectCounts(weights, values);
    }
  });

  test.each([
    ['conv1', 2],
    ['dense1', 6],
    ['dense2', 7],
  ])('activations of %s are those of the reference', async (name, layers) => {
    const out = await trained();
    const last = readRun(out).statistics.at(-1);
    const found = last?.layers.find((layer) => layer.name === name)?.activations;
    if (!found) throw new Error(`${name} has no activations`);
    const { y, shape } = outputsOf(out, layers);
    expect(last?.images).toBe(50);
    expectCounts(found.histogram, y);
    const [units, ...places] = shape;
    const area = places.reduce((product, length) => product * length, 1);
    for (let unit = 0; unit < units; unit++) {
      const own = Array.from(y).filter((_, at) => Math.floor(at / area) % units === unit);
      expect(found.lowest[unit]).toBeCloseTo(Math.min(...own), 5);
      expect(found.highest[unit]).toBeCloseTo(Math.max(...own), 5);
    }
  });

  test('confusion counts every test image, and has the accuracy of each epoch', async () => {
    const out = await trained();
    const { statistics } = readRun(out);
    expect(statistics.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 0],
      [5, 1],
      [10, 2],
      [15, 3],
    ]);
    expect(statistics[0].confusion).toBeNull();
    const accuracies = statistics.slice(1).map(({ confusion }) => {
      const right = (confusion ?? []).filter(({ label, prediction }) => label === prediction);
      return right.reduce((sum, { count }) => sum + count, 0) / data.test.count;
    });
    const logged = metricsOf(out, 'epoch').map(({ testAccuracy }) => testAccuracy);
    expect(accuracies).toEqual(logged);
  });

  test('files are equal for 0, 1 and 2 workers, and where a run was stopped', async () => {
    const names = (hashes: Record<string, string>) =>
      Object.keys(hashes).filter((name) => name.startsWith('snapshots/statistics-'));
    const expected = hashesOf(await trained());
    expect(names(expected)).toHaveLength(4);
    for (const workers of [1, 2]) expect(hashesOf(await trained({ workers }))).toEqual(expected);
    const stopped = await trained({ workers: 2, stopAfter: 7 });
    await resume(stopped, { chooseData: () => data, workers: 1 });
    expect(hashesOf(stopped)).toEqual(expected);
  });

  test('a resumed run whose first epochs an earlier version trained has those of the rest', async () => {
    const out = await trained({ stopAfter: 7 });
    const folder = path.join(out, 'snapshots');
    for (const name of readdirSync(folder)) {
      if (name.startsWith('statistics-')) rmSync(path.join(folder, name));
    }
    await resume(out, { chooseData: () => data, workers: 0 });
    expect(readRun(out).statistics.map(({ epoch }) => epoch)).toEqual([2, 3]);
  });

  test('of many epochs some have statistics', async () => {
    const out = await trained({ epochs: 60, batchSize: 40 });
    const epochs = readRun(out).statistics.map(({ epoch }) => epoch);
    expect(epochs).toEqual(Array.from({ length: 31 }, (_, k) => 2 * k));
  });

  test('a model of more than eight million weights has no activations', async () => {
    const model: ModelSpec = {
      name: 'wide',
      input: [1, 6, 5],
      layers: [flatten(), dense({ units: 270_000 }), dense({ units: 3 })],
    };
    const out = await trained({ model, epochs: 1, batchSize: 40, limit: 8 });
    const [first, last] = readRun(out).statistics;
    expect(first.images).toBe(0);
    expect(last.layers.map(({ activations }) => activations)).toEqual([null, null]);
    expect(last.layers.every(({ weights }) => weights !== null)).toBe(true);
  });
});
