// Labels that may be wrong, by confident learning (Northcutt, Jiang and Chuang 2021): a sample counts
// as class k where its probability of k reaches the mean that samples labelled k have of their own.
import { probabilityOf, softmaxScale, type Evaluation } from './evaluation.ts';

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
