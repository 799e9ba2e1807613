import { expect, test } from 'vitest';
import { accuracyOfSurest, confidenceChart } from './confidence-chart.ts';

const confidences = (count: number, wrong: readonly number[]) =>
  Array.from({ length: count }, (_, index) => ({
    index,
    probability: 1 - index / 100,
    isCorrect: !wrong.includes(index),
  }));

test('accuracyOfSurest counts from the surest on', () => {
  const points = accuracyOfSurest(confidences(40, [20, 39]).toReversed());
  expect(points).toHaveLength(21);
  expect(points[0]).toEqual({ x: 0.5, y: 1 });
  expect(points[1]).toEqual({ x: 21 / 40, y: 20 / 21 });
  expect(points[20]).toEqual({ x: 1, y: 38 / 40 });
});

test('the chart says what the more confident half and all reach', () => {
  const chart = confidenceChart(confidences(80, [60, 79]));
  expect(chart?.alt).toMatchObject({
    en: expect.stringContaining('100.00% of the more confident half') as string,
  });
  expect(chart?.alt).toMatchObject({ en: expect.stringContaining('97.50% of all') as string });
});

test('without enough images the surer half is not told of, and there is no chart', () => {
  expect(confidenceChart(confidences(39, [20, 38]))).toBeNull();
  expect(confidenceChart(confidences(40, [19, 39]))?.alt).toMatchObject({
    en: expect.stringContaining(
      '95.00% of the more confident half are correct, 95.00% of',
    ) as string,
  });
});
