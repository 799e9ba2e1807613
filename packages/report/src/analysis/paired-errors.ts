// Whether two models differ on the same test images: the images only one of them gets right decide.
import { exp, log } from '@convbook/core';
import { predictions, type Evaluation } from './evaluation.ts';
import { wilsonInterval, type Interval } from './wilson.ts';

/** Test images by which of two models answers them correctly. */
export interface PairedErrors {
  samples: number;
  bothRight: number;
  bothWrong: number;
  /** Places in the test set of the images that only one gets right, ascending. */
  onlyFirstRight: number[];
  onlySecondRight: number[];
  /** Accuracy of the second less that of the first. */
  difference: number;
  /** 95% interval of the difference. */
  interval: Interval;
  /** McNemar's exact test: how probable a split at least as uneven is where both are equally good. */
  pValue: number;
}

/** Compares the answers of two models to one test set, image by image. */
export function pairedErrors(first: Evaluation, second: Evaluation): PairedErrors {
  const [one, other] = [isRight(first), isRight(second)];
  const places = (wanted: (k: number) => boolean) => one.flatMap((_, k) => (wanted(k) ? [k] : []));
  const samples = one.length;
  const onlyFirstRight = places((k) => one[k] && !other[k]);
  const onlySecondRight = places((k) => !one[k] && other[k]);
  const bothRight = places((k) => one[k] && other[k]).length;
  const bothWrong = samples - bothRight - onlyFirstRight.length - onlySecondRight.length;
  const [onlyFirst, onlySecond] = [onlyFirstRight.length, onlySecondRight.length];
  return {
    samples,
    bothRight,
    bothWrong,
    onlyFirstRight,
    onlySecondRight,
    difference: (onlySecond - onlyFirst) / samples,
    interval: differenceInterval(bothRight, onlyFirst, onlySecond, bothWrong),
    pValue: mcnemar(onlyFirst, onlySecond),
  };
}

function isRight(evaluation: Evaluation): boolean[] {
  return predictions(evaluation).map((k, sample) => k === evaluation.labels[sample]);
}

/**
 * Two-sided p-value of McNemar's exact test: `min(1, 2 · P(X ≤ min(b, c)))` for `X` binomial over
 * `b + c` draws with chance one half; 1 where no image tells the two apart.
 *
 * Source: Q. McNemar, Psychometrika 12 (1947), 153–157.
 */
export function mcnemar(b: number, c: number): number {
  const draws = b + c;
  let logChoices = 0;
  let sum = 0;
  for (let k = 0; k <= Math.min(b, c); k++) {
    if (k > 0) logChoices += log((draws - k + 1) / k);
    sum += exp(logChoices - draws * Math.LN2);
  }
  return Math.min(1, 2 * sum);
}

/**
 * 95% interval of the difference between two proportions over the same samples (second less first).
 *
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 2635–2650, method 10.
 */
export function differenceInterval(a: number, b: number, c: number, d: number): Interval {
  const n = a + b + c + d;
  const [first, second] = [(a + b) / n, (a + c) / n];
  const [one, other] = [wilsonInterval(a + b, n), wilsonInterval(a + c, n)];
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  const excess = a * d - b * c;
  const numerator = excess > 0 ? Math.max(excess - n / 2, 0) : excess;
  const phi = margins === 0 ? 0 : numerator / Math.sqrt(margins);
  const reach = (x: number, y: number) => Math.sqrt(x * x - 2 * phi * x * y + y * y);
  return {
    low: second - first - reach(second - other.low, one.high - first),
    high: second - first + reach(other.high - second, first - one.low),
  };
}
