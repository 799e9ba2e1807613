import { exp, highest } from '@convbook/core';
import { predictions, type Evaluation } from '@convbook/run/evaluation';
import { softmax } from '@convbook/runtime/network';

export { predictions, softmax, type Evaluation };

/** Precision, recall and F1 of one class; null where the denominator is zero. */
export interface ClassScore {
  support: number;
  predicted: number;
  correct: number;
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

/** A test image the model got wrong. */
export interface Mistake {
  /** Place in the test set. */
  index: number;
  label: number;
  prediction: number;
  /** Probability the model gave to its prediction and to the label. */
  predictionProbability: number;
  labelProbability: number;
}

/** Turns a logit of one sample into a probability: `exp(z − largest) / sum`, as `softmax` has it. */
export interface SoftmaxScale {
  largest: number;
  sum: number;
}

/** The scale of one sample, without a list of its probabilities. */
export function softmaxScale(logits: Float32Array): SoftmaxScale {
  const largest = highest(logits);
  let sum = 0;
  for (const logit of logits) sum += exp(logit - largest);
  return { largest, sum };
}

/** Probability of a logit on its sample's scale. */
export function probabilityOf(logit: number, { largest, sum }: SoftmaxScale): number {
  return exp(logit - largest) / sum;
}

/**
 * Number of samples of each label (row) given each class (column), `[classes][classes]`. Labels that
 * no sample has share one row of zeros: they are bytes, and classes may be thousands.
 */
export function confusionCounts(evaluation: Evaluation): number[][] {
  const { classes, labels } = evaluation;
  const present = new Set(labels);
  const row = () => new Array<number>(classes).fill(0);
  const none = row();
  const counts = Array.from({ length: classes }, (_, label) => (present.has(label) ? row() : none));
  predictions(evaluation).forEach((prediction, sample) => counts[labels[sample]][prediction]++);
  return counts;
}

/** Scores of each class from confusion counts: precision = correct / predicted, recall = correct / support. */
export function classScores(counts: readonly (readonly number[])[]): ClassScore[] {
  return counts.map((row, k) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = counts.reduce((sum, other) => sum + other[k], 0);
    return scoreOf(support, predicted, row[k]);
  });
}

/** Scores of a class by how many images have its label, were given it, and both. */
export function scoreOf(support: number, predicted: number, correct: number): ClassScore {
  return {
    support,
    predicted,
    correct,
    precision: predicted === 0 ? null : correct / predicted,
    recall: support === 0 ? null : correct / support,
    f1: support + predicted === 0 ? null : (2 * correct) / (support + predicted),
  };
}

/** Every wrong answer, least probable label first; equal ones in test-set order. */
export function worstMistakes(evaluation: Evaluation): Mistake[] {
  const { classes, logits, labels } = evaluation;
  const mistakes: Mistake[] = [];
  predictions(evaluation).forEach((prediction, index) => {
    const label = labels[index];
    if (prediction === label) return;
    const own = logits.subarray(index * classes, (index + 1) * classes);
    const scale = softmaxScale(own);
    mistakes.push({
      index,
      label,
      prediction,
      predictionProbability: probabilityOf(own[prediction], scale),
      labelProbability: probabilityOf(own[label], scale),
    });
  });
  return mistakes.sort((a, b) => a.labelProbability - b.labelProbability || a.index - b.index);
}
