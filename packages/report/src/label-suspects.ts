// Labels that may be wrong, by confident learning (Northcutt, Jiang and Chuang 2021): a sample counts
// as class k where its probability of k reaches the mean that samples labelled k have of their own.
import { softmax, type Evaluation } from './evaluation.ts';

export interface LabelSuspect {
  /** Place in the test set. */
  index: number;
  label: number;
  /** The class it looks like, and the probabilities of both. */
  likely: number;
  likelyProbability: number;
  labelProbability: number;
}

/** Samples that confidently look like another class, the most certain first. */
export function labelSuspects({ samples, classes, logits, labels }: Evaluation): LabelSuspect[] {
  const rows = Array.from({ length: samples }, (_, index) =>
    softmax(logits.subarray(index * classes, (index + 1) * classes)),
  );
  const thresholds = Array.from({ length: classes }, (_, k) => {
    const own = rows.filter((_row, index) => labels[index] === k).map((row) => row[k]);
    return own.length === 0 ? Infinity : own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  const suspects = rows.flatMap((row, index): LabelSuspect[] => {
    const label = labels[index];
    const likely = row.reduce(
      (best, value, k) => (value >= thresholds[k] && (best < 0 || value > row[best]) ? k : best),
      -1,
    );
    if (likely < 0 || likely === label) return [];
    const [likelyProbability, labelProbability] = [row[likely], row[label]];
    return [{ index, label, likely, likelyProbability, labelProbability }];
  });
  return suspects.sort((a, b) => a.labelProbability - b.labelProbability || a.index - b.index);
}
