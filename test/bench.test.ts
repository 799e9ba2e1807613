import { expect, test } from 'vitest';
import type { BenchmarkResult } from '@convbook/trainer';
import { peerRow, summarizeSteps } from '../scripts/support/bench/steps-table.ts';

const result = (workers: number, millisecondsPerStep: number, foreignCores = 0) => {
  const measured: BenchmarkResult = {
    ...{ model: 'tiny', workers, batchSize: 100, millisecondsPerStep },
    imagesPerSecond: 100_000 / millisecondsPerStep,
    ...{ gigaflops: 20, peakGigaflops: 40, waitingShare: 0.1 },
    ...{ readySeconds: 1, firstStepSeconds: 2, peakMemoryBytes: 2 ** 20 },
  };
  return { ...measured, foreignCores };
};

test('repetitions become their median, their spread and the efficiency over one worker', () => {
  const one = [result(1, 11), result(1, 12), result(1, 13)];
  const two = [result(2, 9, 0.5), result(2, 8), result(2, 7.5)];
  const { spread, efficiency, foreignCores, repetitions } = summarizeSteps(two, one);
  expect(spread).toEqual({ median: 8, least: 7.5, most: 9 });
  expect({ efficiency, foreignCores, repetitions }).toEqual({
    ...{ efficiency: 12 / 8 / 2, foreignCores: 0.5, repetitions: 3 },
  });
});

test('a peer is compared by its best variant', () => {
  const ours = summarizeSteps([result(2, 8)], []);
  const peer = { peer: 'Other', millisecondsPerStep: 20, peakMemoryBytes: 3 * 2 ** 20 };
  const row = peerRow(ours, [
    { ...peer, variant: 'slow', imagesPerSecond: 4000 },
    { ...peer, variant: 'fast', imagesPerSecond: 5000 },
  ]);
  expect(row).toBe('  Other (fast): 20.00 ms/step, 3 MB; 2 workers are 2.50 times as fast');
});
