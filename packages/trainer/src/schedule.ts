// Learning rates by step: pure functions of the step, in core's own cosine. Only `plateau` follows
// what happens: its factor is worked out from the validation losses, in watch.ts.
import { cos } from '@convbook/core';
import type { PlateauSchedule, Schedule } from '@convbook/run';

/** The `plateau` of a schedule, alone or after a warm-up; null where it has none. */
export function plateauOf(schedule: Schedule): PlateauSchedule | null {
  const last = schedule.name === 'warm-up' ? schedule.then : schedule;
  return last.name === 'plateau' ? last : null;
}

/**
 * Learning rate of step `step` (from 0) of `steps`; `rate` is the largest. A plateau's factor is not
 * in it.
 */
export function learningRateAt(
  schedule: Schedule,
  rate: number,
  step: number,
  steps: number,
  stepsPerEpoch = steps,
): number {
  switch (schedule.name) {
    case 'constant':
    case 'plateau':
      return rate;
    case 'step': {
      let current = rate;
      for (
        let at = schedule.every * stepsPerEpoch;
        at <= step;
        at += schedule.every * stepsPerEpoch
      ) {
        current *= schedule.factor;
      }
      return current;
    }
    case 'cosine':
      return halfCosine(rate, 0, step / steps);
    case 'one-cycle': {
      const top = Math.max(1, schedule.warmUp * steps - 1);
      const start = rate / schedule.divisor;
      if (step <= top) return halfCosine(start, rate, step / top);
      const end = start / schedule.finalDivisor;
      return halfCosine(rate, end, (step - top) / Math.max(1, steps - 1 - top));
    }
    case 'warm-up': {
      const climb = Math.max(1, Math.round(schedule.epochs * stepsPerEpoch));
      if (step < climb) return (rate * (step + 1)) / climb;
      return learningRateAt(schedule.then, rate, step - climb, steps - climb, stepsPerEpoch);
    }
    default:
      return schedule satisfies never;
  }
}

function halfCosine(from: number, to: number, fraction: number): number {
  return to + ((from - to) * (1 + cos(Math.PI * fraction))) / 2;
}
