// Labels that may be wrong, by confident learning (Northcutt, Jiang and Chuang 2021): a sample counts
// as class k where its probability of k reaches the mean that samples labelled k have of their own.
import { highest } from '@convbook/core';
import { predictions, probabilityOf, softmaxScale, type Evaluation } from './evaluation.ts';
import { wilsonInterval } from './wilson.ts';

/** Fewest test images of a class on which its threshold may rest. */
export const leastOfClass = 20;

export interface LabelSuspect {
  /** Place in the test set. */
  index: number;
  label: number;
  /** The class it looks like, and the probabilities of both. */
  likely: number;
  likelyProbability: number;
  labelProbability: number;
}

/** Suspects of which a model's answers say something, or why they say nothing of labels. */
export type ToldSuspects =
  | {
      readonly kind: 'told';
      readonly suspects: readonly LabelSuspect[];
      /** Classes that are not looked at. */
      readonly without: readonly number[];
    }
  /** It may be no better than always predicting this class, the most frequent. */
  | { readonly kind: 'guessing'; readonly mostFrequent: number }
  /** Fewer than two classes are recognized with enough test images. */
  | { readonly kind: 'few' };

/**
 * The suspects among those classes that the model recognizes and of which there are enough test images, where the
 * class that they look like is its prediction.
 */
export function toldSuspects(evaluation: Evaluation): ToldSuspects {
  const { samples, classes, labels } = evaluation;
  const answers = predictions(evaluation);
  const [counts, right] = [new Uint32Array(classes), new Uint32Array(classes)];
  labels.forEach((label, index) => {
    counts[label]++;
    if (answers[index] === label) right[label]++;
  });
  const mostFrequent = counts.indexOf(highest(counts));
  const correct = right.reduce((sum, count) => sum + count, 0);
  if (wilsonInterval(correct, samples).low <= counts[mostFrequent] / samples) {
    return { kind: 'guessing', mostFrequent };
  }
  const isKnown = (k: number) => counts[k] >= leastOfClass && right[k] > 0;
  const present = [...counts.keys()].filter((k) => counts[k] > 0);
  const without = present.filter((k) => !isKnown(k));
  if (present.length - without.length < 2) return { kind: 'few' };
  const suspects = labelSuspects(evaluation).filter(
    ({ index, label, likely }) => isKnown(label) && isKnown(likely) && likely === answers[index],
  );
  return { kind: 'told', suspects, without };
}

/** Samples that confidently look like another class, the most certain first. */
export function labelSuspects({ samples, classes, logits, labels }: Evaluation): LabelSuspect[] {
  const rowOf = (index: number) => logits.subarray(index * classes, (index + 1) * classes);
  const scales = Array.from({ length: samples }, (_, index) => softmaxScale(rowOf(index)));
  const sums = new Float64Array(classes);
  const counts = new Uint32Array(classes);
  labels.forEach((label, index) => {
    sums[label] += probabilityOf(rowOf(index)[label], scales[index]);
    counts[label]++;
  });
  const thresholds = sums.map((sum, k) => (counts[k] === 0 ? Infinity : sum / counts[k]));
  // With thousands of classes, only those with samples are looked at.
  const seen = [...counts.keys()].filter((k) => counts[k] > 0);
  const indexes = Array.from({ length: samples }, (_, index) => index);
  const suspects = indexes.flatMap((index): LabelSuspect[] => {
    const [row, label] = [rowOf(index), labels[index]];
    let [likely, likelyProbability] = [-1, -1];
    for (const k of seen) {
      const probability = probabilityOf(row[k], scales[index]);
      if (probability < thresholds[k] || probability <= likelyProbability) continue;
      [likely, likelyProbability] = [k, probability];
    }
    if (likely < 0 || likely === label) return [];
    const labelProbability = probabilityOf(row[label], scales[index]);
    return [{ index, label, likely, likelyProbability, labelProbability }];
  });
  return suspects.sort((a, b) => a.labelProbability - b.labelProbability || a.index - b.index);
}
