// The findings from a run's figures, each by a rule with its numbers.
import type { Run } from '@convbook/run';
import { confidences } from './calibration.ts';
import {
  confusedPairs,
  confusionCells,
  scoresOfCells,
  type ConfusionCell,
} from './confusion-cells.ts';
import type { Evaluation } from './evaluation.ts';
import { toldSuspects } from './label-suspects.ts';
import { trainingCourse, type FilterCounts, type TrainingCourse } from './training-course.ts';
import { wilsonInterval } from './wilson.ts';

/** One thing that the figures of a run show. */
export type Finding =
  /** Training images that are test images, too. */
  | { readonly kind: 'leak'; readonly count: number }
  /** A class found much less often than the others, and how many classes are. */
  | {
      readonly kind: 'neglected';
      readonly label: number;
      readonly recall: number;
      readonly support: number;
      readonly count: number;
    }
  | { readonly kind: 'dead'; readonly count: number; readonly all: number }
  /** Mean probability of the predictions minus the share of them that is correct. */
  | { readonly kind: 'overconfident' | 'cautious' | 'calibrated'; readonly gap: number }
  /** Two classes, and the test images of either that are predicted as the other. */
  | {
      readonly kind: 'confused';
      readonly classes: readonly [number, number];
      readonly count: number;
    }
  /** Labels that the model contradicts as surely as it usually confirms them. */
  | { readonly kind: 'suspects'; readonly count: number };

/** How a training went, and what its model shows. */
export interface Verdict {
  readonly course: TrainingCourse | null;
  readonly findings: readonly Finding[];
}

/**
 * Thresholds of the findings. `gap`: below a point a reader would act no differently on a probability; `interval`:
 * an accuracy known less precisely, as by fewer than 90 images at 60%, confirms no probability. `lag`: ten
 * points of recall are more than the noise of a usual class; its interval must lie below, too. `pair`: a count
 * of five varies by about two between seeds, so that fewer may be chance; `share`: a pair with less than a
 * twentieth of the mistakes does not stand out among them.
 */
const limits = { gap: 0.01, interval: 0.2, lag: 0.1, pair: 5, share: 0.05 };

/** The findings of a run, the gravest first; of a model that has learned nothing, only what is not its answers'. */
export function verdict(run: Run, filters: FilterCounts | null): Verdict {
  const course = trainingCourse(run, filters);
  const { evaluation } = run;
  const isTrained =
    course !== null && !['too-short', 'stuck', 'rate-too-high'].includes(course.kind);
  const judged = isTrained && evaluation !== null && evaluation.samples > 0;
  return {
    course,
    findings: [
      leak(run),
      judged ? neglected(evaluation) : null,
      dead(filters),
      judged ? calibrated(evaluation) : null,
      judged ? confused(evaluation) : null,
      judged ? suspects(evaluation) : null,
    ].filter((finding) => finding !== null),
  };
}

function leak({ dataset }: Run): Finding | null {
  const fault = dataset?.faults?.found.find(({ kind }) => kind === 'leak');
  return fault === undefined ? null : { kind: 'leak', count: fault.count };
}

function dead(filters: FilterCounts | null): Finding | null {
  if (filters === null || filters.dead === 0) return null;
  return { kind: 'dead', count: filters.dead, all: filters.all };
}

/** A class counts where even the upper end of its recall's interval lies below the accuracy by `lag`. */
function neglected(evaluation: Evaluation): Finding | null {
  const scores = scoresOfCells(confusionCells(evaluation), evaluation.classes);
  const right = scores.reduce((sum, { correct }) => sum + correct, 0);
  const least = right / evaluation.samples - limits.lag;
  const found = scores
    .map(({ support, correct }, label) => ({ label, support, recall: correct / support, correct }))
    .filter(({ support, correct }) => support > 0 && wilsonInterval(correct, support).high < least)
    .sort((a, b) => a.recall - b.recall || a.label - b.label);
  if (found.length === 0) return null;
  const [{ label, support, recall }] = found;
  return { kind: 'neglected', label, support, recall, count: found.length };
}

/** The mean probability must lie outside the accuracy's interval, which few images make wide. */
function calibrated(evaluation: Evaluation): Finding | null {
  const known = confidences(evaluation);
  const right = known.filter(({ isCorrect }) => isCorrect).length;
  const mean = known.reduce((sum, { probability }) => sum + probability, 0) / known.length;
  const { low, high } = wilsonInterval(right, known.length);
  const gap = mean - right / known.length;
  if (mean > high && gap >= limits.gap) return { kind: 'overconfident', gap };
  if (mean < low && -gap >= limits.gap) return { kind: 'cautious', gap };
  return high - low > limits.interval ? null : { kind: 'calibrated', gap };
}

/** The two classes that are taken for each other most often, in both directions together. */
function confused(evaluation: Evaluation): Finding | null {
  const pairs = confusedPairs(confusionCells(evaluation));
  const wrong = pairs.reduce((sum, { count }) => sum + count, 0);
  const both = new Map<string, ConfusionCell>();
  for (const { label, prediction, count } of pairs) {
    const [one, other] = [label, prediction].sort((a, b) => a - b);
    const key = `${one} ${other}`;
    const known = both.get(key) ?? { label, prediction, count: 0 }; // the more frequent direction
    both.set(key, { ...known, count: known.count + count });
  }
  const [most] = [...both.values()].sort((a, b) => b.count - a.count);
  if (most === undefined || most.count < limits.pair) return null;
  if (most.count < limits.share * wrong) return null;
  return { kind: 'confused', classes: [most.label, most.prediction], count: most.count };
}

function suspects(evaluation: Evaluation): Finding | null {
  const told = toldSuspects(evaluation);
  if (told.kind !== 'told' || told.suspects.length === 0) return null;
  return { kind: 'suspects', count: told.suspects.length };
}
