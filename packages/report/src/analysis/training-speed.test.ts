import { join } from 'node:path';
import { readRun, type Run, type TimingEvent } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { fewerIntervals, speedIntervals, speedOf } from './training-speed.ts';

const settings = { epochs: 2, stepsPerEpoch: 40 };
const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run'), settings));
const { batchSize } = run.record.configuration;

/** The log of steps that took so many seconds each, as the trainer writes it: means since the epoch began. */
function timingOf(epoch: number, told: readonly number[], seconds: (step: number) => number) {
  const events: TimingEvent[] = [];
  let elapsed = 0;
  for (let step = 1; step <= 40; step++) {
    elapsed += seconds(step);
    const at = {
      step: (epoch - 1) * 40 + step,
      epoch,
      imagesPerSecond: (step * batchSize) / elapsed,
    };
    if (told.includes(step)) events.push({ event: 'progress', ...at, elapsedSeconds: 100 });
    if (step === 40) {
      events.push({ event: 'epoch', ...at, trainSeconds: elapsed, evaluateSeconds: 9 });
    }
  }
  return events;
}

const speeds = (timing: TimingEvent[], changes: Partial<Run> = {}) =>
  speedIntervals({ ...run, ...changes, timing }).map((one) => [
    one.from,
    one.to,
    Math.round(speedOf(one) / batchSize),
  ]);

test('each interval has its own speed, not the mean since the epoch began', () => {
  const slowThenFast = (step: number) => (step <= 10 ? 0.125 : 0.0625);
  expect(speeds(timingOf(1, [10, 20, 30], slowThenFast))).toEqual([
    [0, 10, 8],
    [10, 20, 16],
    [20, 30, 16],
    [30, 40, 16],
  ]);
});

test('a constant speed is constant over epochs', () => {
  const timing = [1, 2].flatMap((epoch) => timingOf(epoch, [3, 15, 27], () => 0.0625));
  expect(new Set(speeds(timing).map(([, , speed]) => speed))).toEqual(new Set([16]));
});

test('short intervals are joined, and an epoch of less than a second is one', () => {
  expect(speeds(timingOf(1, [1, 20, 39], () => 0.0625))).toEqual([
    [0, 20, 16],
    [20, 40, 16],
  ]);
  expect(speeds(timingOf(2, [2], () => 0.005))).toEqual([[40, 80, 200]]);
});

test('steps that were repeated count once, and without epochs the ends are left out', () => {
  const timing = timingOf(1, [10, 20], () => 0.0625);
  expect(speeds([...timing, timing[0]])).toEqual(speeds(timing));
  expect(speeds(timing, { epochCount: 9 })).toEqual([
    [0, 10, 16],
    [10, 20, 16],
  ]);
  expect(speeds(timing, { stepsPerEpoch: null })).toEqual([]);
});

test('many intervals become fewer with the same images and seconds', () => {
  const timing = timingOf(1, [10, 20, 30], (step) => 0.05 + step / 1000);
  const all = speedIntervals({ ...run, timing });
  const [one, ...rest] = fewerIntervals(all, 1);
  expect(rest).toEqual([]);
  expect([one.from, one.to]).toEqual([0, 40]);
  expect(one.images).toBeCloseTo(40 * batchSize, 6);
  expect(one.seconds).toBeCloseTo(40 * 0.05 + 820 / 1000, 6);
  expect(fewerIntervals(all, 9)).toEqual(all);
});
