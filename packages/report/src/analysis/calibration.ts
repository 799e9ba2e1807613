// Whether the model's probabilities mean what they say: reliability bins and expected calibration
// error (Guo et al. 2017, On Calibration of Modern Neural Networks), and accuracy by confidence.
import { predictions, probabilityOf, softmaxScale, type Evaluation } from './evaluation.ts';

/** How sure the model is of its answer to one sample. */
export interface Confidence {
  index: number;
  /** Probability of the predicted class. */
  probability: number;
  isCorrect: boolean;
}

/** Samples whose confidence lies in `[from, to)`; the last bin includes 1. */
export interface CalibrationBin {
  from: number;
  to: number;
  samples: number;
  /** Mean confidence and share of right answers; 0 in an empty bin. */
  confidence: number;
  accuracy: number;
}

/** Confidence of each sample, `[samples]`, in test-set order. */
export function confidences(evaluation: Evaluation): Confidence[] {
  const { classes, logits, labels } = evaluation;
  return predictions(evaluation).map((prediction, index) => {
    const own = logits.subarray(index * classes, (index + 1) * classes);
    const probability = probabilityOf(own[prediction], softmaxScale(own));
    return { index, probability, isCorrect: prediction === labels[index] };
  });
}

/** Bins of equal width over 0 to 1. */
export function calibration(evaluation: Evaluation, bins = 10): CalibrationBin[] {
  return binsOf(confidences(evaluation), bins);
}

/** As `calibration`, where the confidences are known. */
export function binsOf(known: readonly Confidence[], bins = 10): CalibrationBin[] {
  const groups = Array.from({ length: bins }, (): Confidence[] => []);
  for (const item of known) {
    groups[Math.min(bins - 1, Math.floor(item.probability * bins))].push(item);
  }
  return groups.map((group, k) => ({
    from: k / bins,
    to: (k + 1) / bins,
    samples: group.length,
    confidence: group.reduce((sum, { probability }) => sum + probability, 0) / (group.length || 1),
    accuracy: group.filter(({ isCorrect }) => isCorrect).length / (group.length || 1),
  }));
}

/** `Σ samples / all · |accuracy − confidence|` over the bins. */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number {
  const all = bins.reduce((sum, { samples }) => sum + samples, 0);
  return bins.reduce(
    (sum, { samples, accuracy, confidence }) =>
      sum + (samples / all) * Math.abs(accuracy - confidence),
    0,
  );
}

/** Errors and accuracy left when the least confident predictions are withheld. */
export interface Withheld {
  /** Fraction of samples still answered. */
  answered: number;
  samples: number;
  /** Lowest confidence among them. */
  confidence: number;
  wrong: number;
}

/** The most confident `answered` of the samples, for each of some fractions. */
export function withhold(evaluation: Evaluation, fractions: readonly number[]): Withheld[] {
  return withheldOf(confidences(evaluation), fractions);
}

/** As `withhold`, where the confidences are known. */
export function withheldOf(known: readonly Confidence[], fractions: readonly number[]): Withheld[] {
  const sorted = [...known].sort((a, b) => b.probability - a.probability || a.index - b.index);
  return fractions.map((answered) => {
    const kept = sorted.slice(0, Math.max(1, Math.round(answered * sorted.length)));
    return {
      answered,
      samples: kept.length,
      confidence: kept[kept.length - 1].probability,
      wrong: kept.filter(({ isCorrect }) => !isCorrect).length,
    };
  });
}
