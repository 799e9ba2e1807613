// The choice of test images, and their order.
import type { TestAnswer, TestSet } from './test-set.ts';

/** Orders of test images; each has its name in the list one chooses from. */
export const imageOrders = ['worst', 'confident', 'unsure', 'number'] as const;
export type ImageOrder = (typeof imageOrders)[number];

/** The test images that one asks for. */
export interface ImageChoice {
  readonly shown: 'wrong' | 'right' | 'all';
  /** Classes; null for any. */
  readonly label: number | null;
  readonly prediction: number | null;
  /** Probability of the prediction, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly order: ImageOrder;
  /** Places in the test set; where there are any, they alone are asked for, whatever else is. */
  readonly numbers: readonly number[];
  /** Places chosen elsewhere in the page; null for any. */
  readonly among: ReadonlySet<number> | null;
}

/** Every image, by number. */
export const everyImage: ImageChoice = {
  shown: 'all',
  label: null,
  prediction: null,
  from: 0,
  to: 1,
  order: 'number',
  numbers: [],
  among: null,
};

const comparisons: Readonly<Record<ImageOrder, (a: TestAnswer, b: TestAnswer) => number>> = {
  worst: (a, b) => a.labelProbability - b.labelProbability,
  confident: (a, b) => b.predictionProbability - a.predictionProbability,
  unsure: (a, b) => a.predictionProbability - b.predictionProbability,
  number: (a, b) => a.index - b.index,
};

/** The answers that match, in order; equal ones in test-set order. */
export function chosenAnswers({ count, answer }: TestSet, choice: ImageChoice): TestAnswer[] {
  const { numbers, order } = choice;
  const indexes =
    numbers.length > 0
      ? [...new Set(numbers)].filter((index) => index < count)
      : Array.from({ length: count }, (_, index) => index);
  const isAsked = numbers.length > 0 ? () => true : matches(choice);
  const compare = comparisons[order];
  return indexes
    .map(answer)
    .filter(isAsked)
    .sort((a, b) => compare(a, b) || a.index - b.index);
}

function matches(choice: ImageChoice): (answer: TestAnswer) => boolean {
  const { shown, label, prediction, from, to, among } = choice;
  return (one) =>
    (shown === 'all' || (one.label === one.prediction) === (shown === 'right')) &&
    (label === null || one.label === label) &&
    (prediction === null || one.prediction === prediction) &&
    one.predictionProbability >= from &&
    one.predictionProbability <= to &&
    (among === null || among.has(one.index));
}

/** Whole numbers in what one types: `#9, 15 20` → `[9, 15, 20]`. */
export function numbersIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}
