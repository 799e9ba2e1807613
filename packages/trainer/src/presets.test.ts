// Every preset trains, to the same bytes for any number of workers. `pnpm test` takes two, `pnpm test:long` all.
import path from 'node:path';
import { synthetic } from '@convbook/data';
import { presets, resolveModel, type ModelSpec } from '@convbook/layers';
import { constantRate } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, metricsOf } from './testing/run-files.ts';
import { train } from './train.ts';

/** A few steps on data of the model's shape: three shards a batch, the last of a short batch alone. */
async function run(model: ModelSpec, workers: number) {
  const [classes] = resolveModel(model).output;
  const [channels, height, width] = model.input;
  const data = synthetic({
    sampleShape: [channels, height, width],
    classes,
    trainSamples: 13,
    testSamples: 2,
  });
  const out = path.join(temporaryFolder(), 'run');
  await train({
    model,
    data,
    workers,
    out,
    batchSize: 12,
    shardSize: 4,
    epochs: 2,
    seed: 5,
    schedule: constantRate(),
    learningRate: 0.001,
  });
  return out;
}

// The full AlexNet has 61 million parameters: its runs would write gigabytes. alexnet-mini has its parts.
const all = Object.keys(presets).filter((name) => name !== 'alexnet');
const names = process.env.CONVBOOK_LONG === '1' ? all : ['simple-convnet', 'resnet-mini'];

// Of the largest presets, beside others.
const slow = { timeout: 240_000 };

describe.each(names)('%s', (name) => {
  test('1, 2 and 3 workers make the same files, and the loss falls', slow, async () => {
    const out = await run(presets[name], 1);
    const hashes = hashesOf(out);
    expect(Object.keys(hashes)).toContain('model.safetensors');
    for (const workers of [2, 3])
      expect(hashesOf(await run(presets[name], workers))).toEqual(hashes);
    const losses = metricsOf(out, 'epoch').map(({ trainLoss }) => trainLoss);
    expect(losses[1]).toBeLessThan(losses[0]);
  });
});
