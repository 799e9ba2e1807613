// The verdict of a run's curves: whether it was long enough, and what went wrong where something did.
import { highest, lowest } from '@convbook/core';
import type { EpochEvent, Run } from '@convbook/run';
import { baselineOf, hasLearnedNothing, testAccuracyOf, type Baseline } from './baseline.ts';
import { lossParts, mostParts } from './loss-parts.ts';
import type { Interval } from './wilson.ts';

/** Filters of all layers, and how many of them are dead. */
export interface FilterCounts {
  readonly dead: number;
  readonly all: number;
}

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
  /** Learned nothing; `guessing` is the accuracy of always predicting the most frequent class. */
  | {
      readonly kind: 'stuck';
      readonly accuracy: number;
      readonly guessing: number;
      /** Most filters are dead, or the loss hardly changed, or it did. */
      readonly sign: 'dead' | 'still' | 'moved';
    }
  /** The interval of the test accuracy, which one answer for all images would be in, too. */
  | { readonly kind: 'few-tests'; readonly interval: Interval; readonly baseline: Baseline }
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
 * Where the kinds begin: steps that tell anything; test accuracy that needs no more steps; a loss risen over the
 * first and not fallen as far below it, or risen over the lowest one; a test loss risen over its lowest; a gap of
 * accuracies; a fall of the loss over the last fifth of the epochs; a change of the loss that is none; a share of
 * dead filters; an interval of the test accuracy, that of 90 images at 60%; an accuracy below which a model has
 * not learned even its training images, unless what is learned from is made harder by augmentation or dropout,
 * which the accuracy on the test images, made no harder, would exceed.
 */
const limits = {
  steps: 100,
  accurate: 0.99,
  jump: 1.25,
  rise: 1.5,
  testRise: 1.1,
  gap: 0.05,
  fall: 0.1,
  still: 0.02,
  dead: 0.5,
  interval: 0.2,
  learned: 0.9,
};

/** The loss is looked at in twentieths of a run, or in fewer parts where these would be too short. */
const parts = 20;

/**
 * The verdict of a run's curves; null before the first step. What is sure after any number of steps comes first,
 * then what needs a long training.
 */
export function trainingCourse(
  run: Run,
  filters: FilterCounts | null = null,
): TrainingCourse | null {
  if (run.steps.length === 0) return null;
  return (
    rateTooHigh(run) ??
    flawless(run) ??
    stuck(run, filters) ??
    overfitted(run) ??
    fewTests(run) ??
    tooShort(run) ??
    underfitted(falling(run), run)
  );
}

function rateTooHigh({ steps, record }: Run): TrainingCourse | null {
  const first = steps[0].loss;
  const most = mostParts(steps);
  const worst = highest(lossParts(steps, most)); // short parts: a jump may last a few steps
  const means = lossParts(steps, Math.min(parts, most));
  const [least, end] = [lowest(means), means[means.length - 1]];
  const found = { kind: 'rate-too-high', first, worst, lowest: least, end } as const;
  if (record.status === 'diverged') return { ...found, turn: 'diverged' };
  if (worst >= limits.jump * first && end > first / limits.jump)
    return { ...found, turn: 'jumped' };
  const hasRisen = end >= limits.rise * least && end - least > first / 10;
  return hasRisen ? { ...found, turn: 'rose' } : null;
}

function flawless({ epochs }: Run): TrainingCourse | null {
  return epochs.at(-1)?.testAccuracy === 1 ? { kind: 'flawless' } : null;
}

function stuck(run: Run, filters: FilterCounts | null): TrainingCourse | null {
  const accuracy = run.epochs.at(-1)?.testAccuracy;
  if (accuracy === undefined || !hasLearnedNothing(run)) return null;
  const sign = signOf(run, filters);
  if (sign !== 'dead' && isShort(run)) return null;
  return { kind: 'stuck', accuracy, guessing: baselineOf(run).share, sign };
}

function signOf({ steps }: Run, filters: FilterCounts | null): 'dead' | 'still' | 'moved' {
  if (filters !== null && filters.dead > limits.dead * filters.all) return 'dead';
  const end = lossParts(steps, Math.min(parts, mostParts(steps))).at(-1) ?? 0;
  return end > (1 - limits.still) * steps[0].loss ? 'still' : 'moved';
}

function overfitted(run: Run): TrainingCourse | null {
  const { epochs } = run;
  const [last, tested] = [epochs.at(-1), testAccuracyOf(run)];
  if (last === undefined || tested === null) return null;
  const best = epochs.reduce((a, b) => (b.testLoss < a.testLoss ? b : a));
  const gap = last.trainAccuracy - last.testAccuracy;
  const hasRisen =
    last.testLoss >= limits.testRise * best.testLoss && last.trainLoss < best.trainLoss;
  if (hasRisen && !isWide(tested.interval)) return { kind: 'overfitted', best, gap };
  const isSure = last.trainAccuracy > tested.interval.high;
  return isSure && gap >= limits.gap ? { kind: 'overfitted', best: null, gap } : null;
}

function fewTests(run: Run): TrainingCourse | null {
  const interval = testAccuracyOf(run)?.interval;
  const baseline = baselineOf(run);
  if (interval === undefined || !isWide(interval)) return null;
  const isWithin = interval.low <= baseline.share && baseline.share <= interval.high;
  return isWithin ? { kind: 'few-tests', interval, baseline } : null;
}

function isWide({ low, high }: Interval): boolean {
  return high - low > limits.interval;
}

function tooShort(run: Run): TrainingCourse | null {
  const isAccurate = (run.epochs.at(-1)?.testAccuracy ?? 0) >= limits.accurate;
  return isShort(run) && !isAccurate ? { kind: 'too-short', steps: run.stepCount } : null;
}

function isShort({ stepCount }: Run): boolean {
  return stepCount < limits.steps;
}

function falling(run: Run): TrainingCourse {
  const { epochs } = run;
  const last = epochs.at(-1);
  const before = epochs.at(-1 - Math.ceil(epochs.length / 5));
  const isTest = last !== undefined && before !== undefined && before !== last;
  const means = lossParts(run.steps, parts);
  const [from, to] = isTest
    ? [before.testLoss, last.testLoss]
    : [means.at(-3) ?? NaN, means[means.length - 1]];
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
