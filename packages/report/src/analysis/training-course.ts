// The verdict of a run's curves: whether it was long enough, and what went wrong where something did.
import { highest, lowest } from '@convbook/core';
import type { EpochEvent, Run } from '@convbook/run';
import { stepsIn } from '@convbook/run/history';
import { wilsonInterval } from './wilson.ts';

/** The course of a training, with the figures that show it. */
export type TrainingCourse =
  | { readonly kind: 'too-short'; readonly steps: number }
  /** It jumped over the loss of the first step, rose from the lowest, or was no finite number; losses on the way. */
  | {
      readonly kind: 'rate-too-high';
      readonly turn: 'jumped' | 'rose' | 'diverged';
      readonly first: number;
      readonly worst: number;
      readonly lowest: number;
      readonly end: number;
    }
  /** Accuracy of always predicting the most frequent class. */
  | {
      readonly kind: 'stuck';
      readonly accuracy: number;
      readonly guessing: number;
      /** Whether the loss hardly changed. */
      readonly isStill: boolean;
    }
  /** The epoch with the lowest test loss; or, without one, how much higher training accuracy is. */
  | { readonly kind: 'overfitted'; readonly best: EpochEvent | null; readonly gap: number }
  /** By which share the test loss fell over the last epochs; after one epoch the training loss, in a tenth of the steps. */
  | { readonly kind: 'still-falling'; readonly fall: number; readonly epochs: number | null }
  | { readonly kind: 'settled'; readonly fall: number | null }
  /** Settled with many training images wrong; the share of them that is correct. */
  | { readonly kind: 'underfitted'; readonly accuracy: number }
  /** Every test image is classified correctly. */
  | { readonly kind: 'flawless' };

/**
 * Where the kinds begin: steps that tell anything; test accuracy that needs no more steps; a loss risen over
 * the first, or over the lowest one; a test loss risen over its lowest; a gap of accuracies; a fall of the loss
 * over the last fifth of the epochs; a change of the loss that is none; an accuracy below which a model has not
 * learned even its training images, unless what is learned from is made harder by augmentation or dropout, which
 * the accuracy on the test images, made no harder, would exceed.
 */
const limits = {
  steps: 100,
  accurate: 0.99,
  spike: 2,
  rise: 1.5,
  testRise: 1.1,
  gap: 0.05,
  fall: 0.1,
  still: 0.02,
  learned: 0.9,
};

/** The verdict of a run's curves; null before the first step. */
export function trainingCourse(run: Run): TrainingCourse | null {
  if (run.steps.length === 0) return null;
  const last = run.epochs.at(-1);
  const high = rateTooHigh(run);
  if (high !== null) return high;
  if (last?.testAccuracy === 1) return { kind: 'flawless' };
  if (last !== undefined && last.testAccuracy >= limits.accurate) {
    return overfitted(run) ?? falling(run);
  }
  if (run.stepCount < limits.steps) return { kind: 'too-short', steps: run.stepCount };
  return stuck(run) ?? overfitted(run) ?? underfitted(falling(run), run);
}

/** Mean losses of some twenty parts of the run, the last one last. */
function partLosses({ steps }: Run): number[] {
  const size = Math.max(1, Math.floor(steps.length / 20));
  return Array.from({ length: Math.floor(steps.length / size) }, (_, k) => {
    const end = steps.length - k * size;
    return meanLoss(steps.slice(end - size, end));
  }).reverse();
}

function meanLoss(points: Run['steps']): number {
  const count = points.reduce((sum, point) => sum + stepsIn(point), 0);
  return points.reduce((sum, point) => sum + stepsIn(point) * point.loss, 0) / count;
}

function rateTooHigh(run: Run): TrainingCourse | null {
  const first = run.steps[0].loss;
  const parts = partLosses(run);
  const [worst, least, end] = [highest(parts), lowest(parts), parts[parts.length - 1]];
  const found = { kind: 'rate-too-high', first, worst, lowest: least, end } as const;
  if (run.record.status === 'diverged') return { ...found, turn: 'diverged' };
  if (worst >= limits.spike * first && end > first / limits.spike)
    return { ...found, turn: 'jumped' };
  const hasRisen = end >= limits.rise * least && end - least > first / 10;
  return hasRisen ? { ...found, turn: 'rose' } : null;
}

function stuck(run: Run): TrainingCourse | null {
  const last = run.epochs.at(-1);
  if (last === undefined) return null;
  const guessing = guessingOf(run);
  const { testAccuracy: accuracy, testSamples } = last;
  const { low } = wilsonInterval(Math.round(accuracy * testSamples), testSamples);
  const isStill = (partLosses(run).at(-1) ?? 0) > (1 - limits.still) * run.steps[0].loss;
  return low <= guessing ? { kind: 'stuck', accuracy, guessing, isStill } : null;
}

/** Accuracy on the test images of always predicting their most frequent class. */
function guessingOf({ evaluation, dataset, record }: Run): number {
  const labels = Array.from(evaluation?.labels ?? []);
  const counts =
    dataset?.test.perClass ??
    record.data.classNames.map((_, k) => labels.filter((label) => label === k).length);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return all === 0 ? 1 / record.data.classNames.length : highest(counts) / all;
}

function overfitted({ epochs }: Run): TrainingCourse | null {
  const last = epochs.at(-1);
  if (last === undefined) return null;
  const best = epochs.reduce((a, b) => (b.testLoss < a.testLoss ? b : a));
  const gap = last.trainAccuracy - last.testAccuracy;
  const hasRisen =
    last.testLoss >= limits.testRise * best.testLoss && last.trainLoss < best.trainLoss;
  if (hasRisen) return { kind: 'overfitted', best, gap };
  return gap >= limits.gap ? { kind: 'overfitted', best: null, gap } : null;
}

function falling(run: Run): TrainingCourse {
  const { epochs } = run;
  const last = epochs.at(-1);
  const before = epochs.at(-1 - Math.ceil(epochs.length / 5));
  const isTest = last !== undefined && before !== undefined && before !== last;
  const parts = partLosses(run);
  const [from, to] = isTest
    ? [before.testLoss, last.testLoss]
    : [parts.at(-3) ?? NaN, parts[parts.length - 1]];
  const fall = 1 - to / from;
  if (!Number.isFinite(fall)) return { kind: 'settled', fall: null };
  return fall >= limits.fall
    ? { kind: 'still-falling', fall, epochs: isTest ? last.epoch - before.epoch : null }
    : { kind: 'settled', fall };
}

function underfitted(course: TrainingCourse, { epochs }: Run): TrainingCourse {
  const last = epochs.at(-1);
  if (course.kind !== 'settled' || last === undefined) return course;
  const best = Math.max(last.trainAccuracy, last.testAccuracy);
  return best < limits.learned ? { kind: 'underfitted', accuracy: last.trainAccuracy } : course;
}
