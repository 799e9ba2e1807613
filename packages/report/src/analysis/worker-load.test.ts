import type { TimingEvent } from '@convbook/run';
import { expect, test } from 'vitest';
import { busyShare, typicalTimeline, workerLoads } from './worker-load.ts';

const phase = (name: string, running: number, ending: number, waiting: number) => ({
  phase: name,
  running,
  ending,
  waiting,
});
const epoch = (...workers: ReturnType<typeof phase>[][]): TimingEvent => ({
  event: 'workers',
  step: 1,
  epoch: 1,
  workers,
});

test('workerLoads adds up phases and epochs', () => {
  const first = [
    phase('forward and backward', 4, 1, 1),
    phase('sum over shards', 2, 0, 0),
    phase('update', 1, 0, 1),
  ];
  const second = [phase('forward', 1, 0, 2), phase('backward', 3, 0, 0)];
  const loads = workerLoads([epoch(first, second), epoch(first, second)]);
  expect(loads).toEqual([
    { shards: 10, sums: 4, updates: 2, waiting: 4 },
    { shards: 8, sums: 0, updates: 0, waiting: 4 },
  ]);
  expect(busyShare(loads)).toBe(24 / 32);
});

test('of a run that went on with other workers, the last part counts', () => {
  const one = [phase('update', 1, 0, 0)];
  expect(workerLoads([epoch(one), epoch(one, one)])).toEqual([
    { shards: 0, sums: 0, updates: 1, waiting: 0 },
    { shards: 0, sums: 0, updates: 1, waiting: 0 },
  ]);
  expect(workerLoads([])).toEqual([]);
  expect(busyShare([])).toBe(0);
});

test('typicalTimeline is the middle one by its duration', () => {
  const timeline = (step: number, milliseconds: number): TimingEvent => ({
    event: 'timeline',
    step,
    epoch: 1,
    milliseconds,
    spans: [{ worker: 0, phase: 'update', shard: null, from: 0, to: milliseconds }],
  });
  expect(typicalTimeline([timeline(10, 9), timeline(20, 2), timeline(30, 5)])?.step).toBe(30);
  expect(typicalTimeline([])).toBeNull();
});
