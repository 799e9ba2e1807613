// What the accuracy does not tell: it hides rare classes, and of many classes it takes the first answer
// alone.
import { highest, lowest } from '@convbook/core';
import type { RunResult } from '../record/run-record.ts';
import { predictions, type Evaluation } from './evaluation.ts';

/** Each is there where it says more than the accuracy. */
export type Scores = Pick<RunResult, 'balancedAccuracy' | 'macroF1' | 'top5Accuracy'>;

/** Classes are unequal where the largest has more than so many times the samples of the smallest. */
const mostEqual = 1.5;
const mostFewClasses = 10;
const answers = 5;

/**
 * The scores of an evaluation that say more than its accuracy.
 *
 * @param trainLabels The labels that were trained on.
 */
export function scoresOf(evaluation: Evaluation, trainLabels: ArrayLike<number>): Scores {
  const { classes, labels } = evaluation;
  const isUnequal = [trainLabels, labels].some((all) => areUnequal(countEach(all, classes)));
  return {
    ...(isUnequal && meanScores(evaluation)),
    ...(classes > mostFewClasses && { top5Accuracy: topAccuracy(evaluation) }),
  };
}

function areUnequal(counts: readonly number[]): boolean {
  return highest(counts) > mostEqual * lowest(counts);
}

function countEach(values: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let k = 0; k < values.length; k++) counts[values[k]]++;
  return counts;
}

function meanScores(evaluation: Evaluation): Required<Omit<Scores, 'top5Accuracy'>> {
  const { classes, labels } = evaluation;
  const predicted = predictions(evaluation);
  const right = countEach(
    predicted.filter((prediction, sample) => prediction === labels[sample]),
    classes,
  );
  const support = countEach(labels, classes);
  const claimed = countEach(predicted, classes);
  const all = [...support.keys()];
  const present = all.filter((k) => support[k] > 0);
  const named = all.filter((k) => support[k] + claimed[k] > 0);
  return {
    balancedAccuracy: mean(present.map((k) => right[k] / support[k])),
    macroF1: mean(named.map((k) => (2 * right[k]) / (support[k] + claimed[k]))),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of equal logits the lowest class comes first. */
function topAccuracy({ samples, classes, logits, labels }: Evaluation): number {
  let right = 0;
  for (let sample = 0; sample < samples; sample++) {
    const own = logits.subarray(sample * classes, (sample + 1) * classes);
    const label = labels[sample];
    let before = 0;
    for (let k = 0; k < classes; k++) {
      if (own[k] > own[label] || (own[k] === own[label] && k < label)) before++;
    }
    if (before < answers) right++;
  }
  return right / samples;
}
