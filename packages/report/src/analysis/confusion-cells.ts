// The confusion matrix without its zeros: of thousands of classes it would have millions.
import { predictions, scoreOf, type ClassScore, type Evaluation } from './evaluation.ts';

/** A cell of the confusion matrix with at least one test image. */
export interface ConfusionCell {
  label: number;
  prediction: number;
  count: number;
}

/** The cells that are not zero, by label and then by prediction. */
export function confusionCells(evaluation: Evaluation): ConfusionCell[] {
  const { classes, labels } = evaluation;
  const counts = new Map<number, number>();
  predictions(evaluation).forEach((prediction, sample) => {
    const place = labels[sample] * classes + prediction;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  });
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([place, count]) => ({
      label: Math.floor(place / classes),
      prediction: place % classes,
      count,
    }));
}

/** The cells off the diagonal, the most frequent first. */
export function confusedPairs(cells: readonly ConfusionCell[]): ConfusionCell[] {
  return cells
    .filter(({ label, prediction }) => label !== prediction)
    .sort((a, b) => b.count - a.count);
}

/** Scores of each class, as `classScores` gives them for the whole matrix. */
export function scoresOfCells(cells: readonly ConfusionCell[], classes: number): ClassScore[] {
  const [support, predicted, correct] = Array.from({ length: 3 }, () => new Float64Array(classes));
  for (const { label, prediction, count } of cells) {
    support[label] += count;
    predicted[prediction] += count;
    if (label === prediction) correct[label] += count;
  }
  return Array.from({ length: classes }, (_, k) => scoreOf(support[k], predicted[k], correct[k]));
}
