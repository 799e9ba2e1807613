import { describe, expect, test } from 'vitest';
import type { StepEvent } from '../events/events.ts';
import { createStepHistory, rangeOf, stepsIn } from './step-history.ts';

const stepAt = (step: number): StepEvent => ({
  event: 'step',
  step,
  epoch: 1,
  samples: 10,
  loss: (step * 7) % 11,
  correct: step % 10,
  learningRate: 1 / step,
  gradientNorm: (step * 5) % 13,
});
const steps = (count: number) => Array.from({ length: count }, (_, k) => stepAt(k + 1));

function historyOf(count: number, most: number) {
  const history = createStepHistory(most);
  for (const step of steps(count)) history.add(step);
  return history;
}

test('few steps are kept as they are', () => {
  const history = historyOf(4, 4);
  expect(history.points()).toEqual(steps(4));
  expect(history.stepsPerPoint).toBe(1);
});

test('of one step too many each two neighbours become a point, and the odd one waits', () => {
  const [first, second, third] = historyOf(5, 4).points();
  const loss = { lowest: { step: 1, value: 7 }, highest: { step: 1, value: 7 } };
  expect(first).toEqual({
    ...stepAt(2),
    samples: 20,
    correct: 3,
    loss: 5,
    gradientNorm: 7.5,
    merged: {
      count: 2,
      first: { step: 1, learningRate: 1 },
      loss: { lowest: { step: 2, value: 3 }, highest: loss.highest },
      gradientNorm: { lowest: { step: 1, value: 5 }, highest: { step: 2, value: 10 } },
      learningRate: { lowest: { step: 2, value: 0.5 }, highest: { step: 1, value: 1 } },
    },
  });
  expect(stepsIn(second)).toBe(2);
  expect(third).toEqual(stepAt(5));
});

describe.each([6, 7, 9, 64, 1000, 1001])('%i steps in at most 8 points', (count) => {
  const history = historyOf(count, 8);
  const points = history.points();
  const all = steps(count);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

  test('are counted, first and last as they are', () => {
    expect(points.length).toBeLessThanOrEqual(9);
    expect(history.count).toBe(count);
    expect(sum(points.map(stepsIn))).toBe(count);
    expect(points.at(-1)).toMatchObject({ step: count, learningRate: 1 / count });
    for (const point of points.slice(0, -1)) expect(stepsIn(point)).toBe(history.stepsPerPoint);
  });

  test('have the sums, the lowest and the highest of all', () => {
    expect(sum(points.map(({ samples }) => samples))).toBe(10 * count);
    expect(sum(points.map(({ correct }) => correct))).toBe(sum(all.map(({ correct }) => correct)));
    const mean = sum(points.map((point) => stepsIn(point) * point.loss)) / count;
    expect(mean).toBeCloseTo(sum(all.map(({ loss }) => loss)) / count, 10);
    for (const field of ['loss', 'gradientNorm', 'learningRate'] as const) {
      const ranges = points.map((point) => rangeOf(point, field));
      const values = all.map((step) => step[field]);
      expect(Math.min(...ranges.map(({ lowest }) => lowest.value))).toBe(Math.min(...values));
      expect(Math.max(...ranges.map(({ highest }) => highest.value))).toBe(Math.max(...values));
    }
  });
});
