import { describe, expect, test } from 'vitest';
import { schedules } from '@convbook/run';
import { learningRateAt } from './schedule.ts';

const rate = 0.004;
const close = (got: number, want: number) => {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-12 * rate);
};

/** torch.optim.lr_scheduler.OneCycleLR, anneal_strategy 'cos', as PyTorch 1.13 writes it. */
function oneCycleOfPyTorch(step: number, steps: number): number {
  const [pctStart, divFactor, finalDivFactor] = [0.3, 25, 1e4];
  const initial = rate / divFactor;
  const phases = [
    { end: pctStart * steps - 1, from: initial, to: rate },
    { end: steps - 1, from: rate, to: initial / finalDivFactor },
  ];
  let start = 0;
  for (const [i, { end, from, to }] of phases.entries()) {
    if (step <= end || i === phases.length - 1) {
      const fraction = (step - start) / (end - start);
      return to + ((from - to) / 2) * (Math.cos(Math.PI * fraction) + 1);
    }
    start = end;
  }
  return NaN;
}

describe('one-cycle', () => {
  const schedule = schedules['one-cycle'].defaults;

  test.each([7, 10, 24, 100, 601, 4800])('%i steps are those of PyTorch’s OneCycleLR', (steps) => {
    for (let step = 0; step < steps; step++) {
      close(learningRateAt(schedule, rate, step, steps), oneCycleOfPyTorch(step, steps));
    }
  });

  test.each([10, 100, 4800])(
    '%i steps: from rate / 25 to the rate, then to rate / 250,000',
    (steps) => {
      close(learningRateAt(schedule, rate, 0, steps), rate / 25);
      close(learningRateAt(schedule, rate, 0.3 * steps - 1, steps), rate);
      close(learningRateAt(schedule, rate, steps - 1, steps), rate / 250_000);
      const rates = Array.from({ length: steps }, (_, step) =>
        learningRateAt(schedule, rate, step, steps),
      );
      const top = rates.indexOf(Math.max(...rates));
      expect(top).toBe(0.3 * steps - 1);
      expect(rates.slice(0, top + 1)).toEqual(rates.slice(0, top + 1).sort((a, b) => a - b));
      expect(rates.slice(top)).toEqual(rates.slice(top).sort((a, b) => b - a));
    },
  );

  // Where PyTorch would warm up for less than a step.
  test.each([
    [1, [rate / 25]],
    [2, [rate / 25, rate]],
    [3, [rate / 25, rate, rate / 250_000]],
  ])('of %i steps has the ends and the peak', (steps, want) => {
    want.forEach((value, step) => close(learningRateAt(schedule, rate, step, steps), value));
  });
});

test('cosine goes from the rate towards 0 along half a cosine', () => {
  const got = Array.from({ length: 8 }, (_, step) =>
    learningRateAt(schedules.cosine.defaults, rate, step, 8),
  );
  got.forEach((value, step) => close(value, (rate * (1 + Math.cos((Math.PI * step) / 8))) / 2));
  expect(got[0]).toBe(rate);
  close(got[4], rate / 2);
});

test('constant stays', () => {
  for (const step of [0, 1, 99]) {
    expect(learningRateAt(schedules.constant.defaults, rate, step, 100)).toBe(rate);
  }
});
