// What a model that looks at no image would reach: always predicting one class.
import { highest } from '@convbook/core';
import type { Run } from '@convbook/run';
import { wilsonInterval, type Interval } from './wilson.ts';

/** The most frequent class of the test images; null where several are. And the share of a most frequent one. */
export interface Baseline {
  readonly label: number | null;
  readonly share: number;
}

/** The accuracy on the test images of always predicting their most frequent class. */
export function baselineOf({ evaluation, dataset, record }: Run): Baseline {
  const labels = Array.from(evaluation?.labels ?? []);
  const classes = record.data.classNames.map((_, k) => k);
  const counts =
    dataset?.test.perClass ?? classes.map((k) => labels.filter((label) => label === k).length);
  const most = highest(counts);
  const frequent = classes.filter((k) => counts[k] === most);
  return { label: frequent.length === 1 ? frequent[0] : null, share: largestShare(counts) };
}

/** The test accuracy of a run so far, and its interval; null before the first epoch has ended. */
export function testAccuracyOf({ epochs }: Run): { accuracy: number; interval: Interval } | null {
  const last = epochs.at(-1);
  if (last === undefined) return null;
  const { testAccuracy: accuracy, testSamples } = last;
  return { accuracy, interval: wilsonInterval(Math.round(accuracy * testSamples), testSamples) };
}

/** Whether neither on the test images nor on its training images a model is surely better than one answer for all. */
export function hasLearnedNothing(run: Run): boolean {
  const [tested, last] = [testAccuracyOf(run), run.epochs.at(-1)];
  if (tested === null || last === undefined) return false;
  const { trainSamples, classNames } = run.record.data;
  const trained = wilsonInterval(Math.round(last.trainAccuracy * trainSamples), trainSamples);
  const counts = run.dataset?.train.perClass ?? classNames.map(() => 1);
  return tested.interval.low <= baselineOf(run).share && trained.low <= largestShare(counts);
}

function largestShare(counts: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return all === 0 ? 1 / counts.length : highest(counts) / all;
}
