// Learning rates by step: pure functions of the step, in core's own cosine.
import { ConfigurationError, cos } from '@convbook/core';

export type Schedule =
  | { readonly name: 'constant' }
  | {
      /**
       * One cycle (Smith and Topin, 2018), as PyTorch's OneCycleLR: a half cosine up from
       * `rate / divisor`, then one down to `rate / divisor / finalDivisor`.
       */
      readonly name: 'one-cycle';
      /** Fraction of the steps that go up. */
      readonly warmUp: number;
      readonly divisor: number;
      readonly finalDivisor: number;
    }
  | { readonly name: 'cosine' };

/** The schedules `--schedule` knows, with their default settings. */
export const schedules: { readonly [Name in Schedule['name']]: Extract<Schedule, { name: Name }> } =
  {
    'one-cycle': { name: 'one-cycle', warmUp: 0.3, divisor: 25, finalDivisor: 10_000 },
    cosine: { name: 'cosine' },
    constant: { name: 'constant' },
  };

/** @throws ConfigurationError when there is no such schedule. */
export function toSchedule(name: string): Schedule {
  if (Object.hasOwn(schedules, name)) return schedules[name as Schedule['name']];
  throw new ConfigurationError(
    `schedule: expected one of ${Object.keys(schedules).join(', ')}, got ${JSON.stringify(name)}`,
  );
}

/** Learning rate of step `step` (from 0) of `steps`; `rate` is the largest. */
export function learningRateAt(
  schedule: Schedule,
  rate: number,
  step: number,
  steps: number,
): number {
  switch (schedule.name) {
    case 'constant':
      return rate;
    case 'cosine':
      return halfCosine(rate, 0, step / steps);
    case 'one-cycle': {
      const top = Math.max(1, schedule.warmUp * steps - 1);
      const start = rate / schedule.divisor;
      if (step <= top) return halfCosine(start, rate, step / top);
      const end = start / schedule.finalDivisor;
      return halfCosine(rate, end, (step - top) / Math.max(1, steps - 1 - top));
    }
    default:
      return schedule satisfies never;
  }
}

function halfCosine(from: number, to: number, fraction: number): number {
  return to + ((from - to) * (1 + cos(Math.PI * fraction))) / 2;
}
