import { ConfigurationError } from '@convbook/core';
import { batchNorm, conv2d, dense, flatten, resolveModel, type ModelSpec } from '@convbook/layers';
import { onlyRank, type Ranks } from '@convbook/layers/plan';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { valuesOfSets } from '../engine/evaluated-sets.ts';
import { toConfiguration } from '../settings/configuration.ts';
import { checkMemory, estimateMemory, memoryLimits } from './memory-estimate.ts';
import { prepareState } from './prepare-state.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { fourFilters, smallMnist } from '../testing/mnist.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train } from '../train.ts';

const mebibyte = 1024 * 1024;

describe('the estimate', () => {
  test.each([
    ['four filters on MNIST', fourFilters, smallMnist(300), { limit: 500, validation: 50 }, 3],
    ['tiny', tinyModel, tinyData(3000, 1000), { batchSize: 600, shardSize: 64 }, 1],
  ])('%s: within 15%% of what is used', async (_, spec, data, settings, workers) => {
    const model = resolveModel(spec);
    const configuration = toConfiguration(settings, data.train.count);
    const state = await prepareState(model, data, configuration, workers);
    const { wasmBytes, dataBytes } = estimateMemory(state.plan, data);
    const sets = [data.train, data.test];
    const buffers = [
      state.memory.buffer,
      ...sets.flatMap(({ images, labels }) => [images.buffer, labels.buffer]),
      ...valuesOfSets(state.evaluated).map(({ logits }) => logits.buffer),
    ];
    const used = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect((wasmBytes + dataBytes) / used).toBeGreaterThan(0.85);
    expect((wasmBytes + dataBytes) / used).toBeLessThan(1.15);
  });
});

test.each([
  // Rows of the whole batch are on every rank.
  { batchSize: 128, least: 0.35, most: 0.5 },
  // 1024 samples are 8 sections: a rank has the rows of two, and two shards of each.
  { batchSize: 1024, least: 0.2, most: 0.3 },
])(
  'a batch of $batchSize takes a rank of four $least to $most of the memory of a single one',
  async ({ batchSize, least, most }) => {
    const model = resolveModel({
      name: 'wide',
      input: [1, 6, 5],
      layers: [
        conv2d({ filters: 64, kernelSize: 3, padding: 1 }),
        batchNorm(),
        conv2d({ filters: 72, kernelSize: 3, padding: 1 }),
        flatten(),
        dense({ units: 3 }),
      ],
    });
    const data = tinyData(batchSize, 5);
    const configuration = toConfiguration({ batchSize, shardSize: 16 }, batchSize);
    const bytesOf = async (ranks: Ranks) => {
      const { plan } = await prepareState(model, data, configuration, 1, { ranks });
      return estimateMemory(plan, data).wasmBytes;
    };
    const alone = await bytesOf(onlyRank);
    const parts = await Promise.all([0, 1, 2, 3].map((rank) => bytesOf({ rank, ranks: 4 })));
    for (const part of parts) {
      expect(part / alone).toBeGreaterThan(least);
      expect(part / alone).toBeLessThan(most);
    }
  },
);

describe('what does not fit is refused', () => {
  const estimate = {
    wasmBytes: 300 * mebibyte,
    dataBytes: 60 * mebibyte,
    streamed: null,
    regions: {
      parameters: 20 * mebibyte,
      gradients: 160 * mebibyte,
      'worker arenas': 110 * mebibyte,
      constants: 10 * mebibyte,
    },
  };
  const largest = 'gradients 0.2 GiB, worker arenas 0.1 GiB, data set 60.0 MiB';
  const advice = 'take a smaller batchSize, shardSize or model, or fewer workers';

  test.each([
    [
      'by WebAssembly',
      { wasmBytes: 290 * mebibyte, machineBytes: 1000 * mebibyte },
      `memory: expected at most 0.3 GiB, as much as a WebAssembly memory holds, got 0.3 GiB (${largest}); ${advice}`,
    ],
    [
      'by the machine',
      { wasmBytes: 1000 * mebibyte, machineBytes: 350 * mebibyte },
      `memory: expected at most 0.3 GiB, as much as this machine has, got 0.4 GiB (${largest}); ${advice}`,
    ],
  ])('%s', (_, limits, message) => {
    expect(() => checkMemory(estimate, limits)).toThrow(new ConfigurationError(message));
  });

  test('and what does fit is not', () => {
    checkMemory(estimate, { wasmBytes: 300 * mebibyte, machineBytes: 360 * mebibyte });
    expect(memoryLimits().wasmBytes).toBe(4096 * mebibyte);
    expect(memoryLimits().machineBytes).toBeGreaterThan(100 * mebibyte);
  });

  test('before anything is written: a dense layer of 400 million weights', async () => {
    const wide: ModelSpec = {
      name: 'wide',
      input: [1, 6, 5],
      layers: [
        conv2d({ filters: 16, kernelSize: 1 }),
        flatten(),
        dense({ units: 800_000 }),
        dense({ units: 3 }),
      ],
    };
    const out = path.join(temporaryFolder(), 'run');
    const data = tinyData(8, 5);
    await expect(train({ model: wide, data, batchSize: 4, workers: 0, out })).rejects.toThrow(
      new ConfigurationError(
        'memory: expected at most 4.0 GiB, as much as a WebAssembly memory holds, got 5.8 GiB ' +
          `(optimizer state 2.9 GiB, parameters 1.4 GiB, gradients 1.4 GiB); ${advice}`,
      ),
    );
    expect(existsSync(out)).toBe(false);
  });
});
