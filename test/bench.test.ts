import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { BenchmarkResult, StepProfile } from '@convbook/trainer/benchmark';
import { profileTable } from './harness/bench/profile-table.ts';
import {
  bestOfPeers,
  peerRow,
  stepsRow,
  summarizeSteps,
  type StepsSummary,
} from './harness/bench/steps-table.ts';
import {
  predictionsRows,
  summarizePredictions,
  type PredictionSummary,
} from './harness/bench/predict-table.ts';
import { commandWords } from './harness/command-words.ts';

const result = (workers: number, millisecondsPerStep: number, foreignCores = 0) => {
  const measured: BenchmarkResult = {
    model: 'tiny',
    workers,
    batchSize: 100,
    millisecondsPerStep,
    imagesPerSecond: 100_000 / millisecondsPerStep,
    gigaflops: 20,
    peakGigaflops: 40,
    waitingShare: 0.1,
    readySeconds: 1,
    firstStepSeconds: 2,
    peakMemoryBytes: 2 ** 20,
    node: 'v24.21.0',
    whyNarrow: null,
  };
  return { ...measured, foreignCores };
};

test('repetitions become their median, their spread and the efficiency over one worker', () => {
  const one = [result(1, 11), result(1, 12), result(1, 13)];
  const two = [result(2, 9, 0.5), result(2, 8), result(2, 7.5)];
  const { spread, efficiency, foreignCores, repetitions } = summarizeSteps(two, one);
  expect(spread).toEqual({ median: 8, least: 7.5, most: 9 });
  expect({ efficiency, foreignCores, repetitions }).toEqual({
    efficiency: 12 / 8 / 2,
    foreignCores: 0.5,
    repetitions: 3,
  });
});

test('the highest peak counts; one measured next to other work is none', () => {
  const peaks = (...all: (number | null)[]) =>
    summarizeSteps(
      all.map((peakGigaflops) => ({ ...result(1, 10), peakGigaflops })),
      [],
    );
  expect(peaks(38, null, 40).peakGigaflops).toBe(40);
  expect(peaks(null, null).peakGigaflops).toBeNull();
  expect([peaks(40), peaks(null)].map((summary) => stepsRow(summary).split(/ {2,}/)[9])).toEqual([
    '50.0%',
    '–',
  ]);
});

test('a row and a profile tell the Node and wide kernels from narrow', () => {
  const narrow = {
    ...result(1, 10),
    node: 'v20.20.2',
    whyNarrow: 'V8 11.3 does not widen kernels',
  };
  const rows = [result(1, 10), narrow].map((one) => stepsRow(summarizeSteps([one], [])));
  expect(rows.map((row) => row.split(/ {2,}/).slice(0, 3))).toEqual([
    ['tiny', 'v24.21.0', 'wide'],
    ['tiny', 'v20.20.2', 'narrow'],
  ]);
  const profile: StepProfile = {
    ...narrow,
    shards: 13,
    meanMilliseconds: 10,
    peakGigaflops: null,
    directions: [
      { layer: 'conv1', direction: 'forward', milliseconds: 4, flops: 8e6, kernels: [] },
    ],
    phases: [[]],
  };
  const lines = profileTable(profile).split('\n');
  expect(lines[0]).toContain('Node v20.20.2, narrow kernels; no peak of WASM: other processes');
  expect(lines[3]).toMatch(/^conv1 +forward +4\.000 +40\.0% +2\.0 +–$/);
});

test('a peer is compared by its best variant', () => {
  const ours = summarizeSteps([result(2, 8)], []);
  const peer = { peer: 'Other', millisecondsPerStep: 20, peakMemoryBytes: 3 * 2 ** 20 };
  const best = bestOfPeers([
    { ...peer, variant: 'slow', imagesPerSecond: 4000 },
    { ...peer, variant: 'fast', imagesPerSecond: 5000 },
    { ...peer, peer: 'Third', variant: '', imagesPerSecond: 12_500 },
  ]);
  expect(best.map((one) => peerRow(ours, one))).toEqual([
    '  Other (fast): 20.00 ms/step, 3 MiB; 2 workers are 2.50 times as fast',
    '  Third (): 20.00 ms/step, 3 MiB; 2 workers are 1.00 times as fast',
  ]);
});

test('predictions are compared with peers by their medians', () => {
  const ours = [1, 3, 2].map((millisecondsPerCall) => ({
    model: 'tiny',
    images: 100,
    millisecondsPerCall,
    cpuMillisecondsPerCall: millisecondsPerCall / 2,
    loadMilliseconds: millisecondsPerCall * 10,
    node: 'v20.20.2',
  }));
  const theirs = (peer: string, times: readonly number[]) =>
    times.map((millisecondsPerStep) => ({
      peer,
      variant: 'wasm',
      imagesPerSecond: 0,
      millisecondsPerStep,
      cpuMilliseconds: millisecondsPerStep / 4,
      loadMilliseconds: millisecondsPerStep * 8,
      peakMemoryBytes: 0,
    }));
  const peers = [...theirs('onnxruntime-web', [5, 6, 4]), ...theirs('Other', [1])];
  const rows = predictionsRows(summarizePredictions(ours, peers));
  expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
    'tiny|Convbook, v20.20.2|100|2.000|1.00–3.00|50,000|1.000|20'.split('|'),
    'onnxruntime-web|100|5.000|4.00–6.00|20,000|2.50 ×|1.250|1.25 ×|40|2.00 ×'.split('|'),
    'Other|100|1.000|1.00–1.00|100,000|0.50 ×|0.250|0.25 ×|8|0.40 ×'.split('|'),
  ]);
  expect(predictionsRows(summarizePredictions(ours, []))).toEqual(rows.slice(0, 1));
});

test('pnpm bench --predict prints a row for one image and for a hundred', async () => {
  const words = '--predict --model two-stage --repeat 1 --seconds 0.01 --json'.split(' ');
  const { stdout } = await promisify(execFile)(process.execPath, commandWords('bench', ...words));
  const rows = stdout.trim().split('\n');
  const summaries = rows.map((line) => JSON.parse(line) as PredictionSummary);
  expect(summaries.map(({ model, images, peers }) => [model, images, peers])).toEqual([
    ['two-stage', 1, []],
    ['two-stage', 100, []],
  ]);
  for (const { spread, load } of summaries) {
    expect(spread.median).toBeGreaterThan(0);
    expect(load.median).toBeGreaterThan(0);
  }
});

test.each([
  ['--predict times no training steps', ['--predict', '--page', 'page.html'], '--page'],
  ['--ranks times steps of ranks alone', ['--ranks', '--peers'], '--peers'],
])('%s, so other options are refused', async (message, words, got) => {
  const ended = promisify(execFile)(process.execPath, commandWords('bench', ...words));
  await expect(ended).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`error: bench: ${message}, got ${got}; leave it out`) as string,
  });
});

test('pnpm bench prints a row for each number of workers, and --page writes them with a profile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'convbook-bench-'));
  const words = '--model lenet --workers 1,2 --repeat 1 --seconds 0.05 --json --page page.html';
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      commandWords('bench', ...words.split(' ')),
      { env: { ...process.env, INIT_CWD: folder } },
    );
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as StepsSummary);
    expect(rows.map(({ model, workers }) => [model, workers])).toEqual([
      ['lenet', 1],
      ['lenet', 2],
    ]);
    const page = await readFile(join(folder, 'page.html'), 'utf8');
    for (const { spread } of rows) expect(page).toContain(`${spread.median.toFixed(2)} ms`);
    expect(page).toContain('conv1 weight gradient');
    const [{ node, whyNarrow }] = rows;
    expect(page).toContain(`Node ${node} with ${whyNarrow === null ? 'wide' : 'narrow'} kernels`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
