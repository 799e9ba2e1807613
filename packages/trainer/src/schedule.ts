// Learning rates by step: pure functions of the step, in core's own cosine. Only `plateau` follows
// what happens: its factor is worked out from the validation losses, in watch.ts.
import { aboveZero, belowOne, cos, wholeAboveZero, type Expected } from '@convbook/core';
import { checkName, formatNamed, splitNamed, toNamed } from './named-settings.ts';

/** A schedule's settings as plain data. */
export type Schedule = PlainSchedule | WarmUpSchedule;

type PlainSchedule =
  | { readonly name: 'constant' }
  | {
      /** The rate times `factor` after every `every` epochs. */
      readonly name: 'step';
      readonly every: number;
      readonly factor: number;
    }
  | { readonly name: 'cosine' }
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
  | {
      /** The rate times `factor` when the validation loss has not fallen for `wait` epochs. */
      readonly name: 'plateau';
      readonly factor: number;
      readonly wait: number;
    };

/** A straight line up to the rate, then another schedule with the settings it has. */
export interface WarmUpSchedule {
  readonly name: 'warm-up';
  /** How long it goes up; may be a fraction. */
  readonly epochs: number;
  readonly then: PlainSchedule['name'];
  readonly [setting: string]: number | string;
}

/** The schedules `--schedule` knows, with their default settings. */
export const schedules: {
  readonly [Name in Schedule['name']]: Extract<Schedule, { name: Name }>;
} = {
  'one-cycle': { name: 'one-cycle', warmUp: 0.3, divisor: 25, finalDivisor: 10_000 },
  cosine: { name: 'cosine' },
  constant: { name: 'constant' },
  step: { name: 'step', every: 3, factor: 0.1 },
  'warm-up': { name: 'warm-up', epochs: 1, then: 'constant' },
  plateau: { name: 'plateau', factor: 0.5, wait: 2 },
};

const expected: Readonly<Record<Schedule['name'], Readonly<Record<string, Expected>>>> = {
  'one-cycle': { warmUp: belowOne, divisor: aboveZero, finalDivisor: aboveZero },
  cosine: {},
  constant: {},
  step: { every: wholeAboveZero, factor: aboveZero },
  'warm-up': { epochs: aboveZero },
  plateau: { factor: belowOne, wait: wholeAboveZero },
};

/**
 * A schedule from its name, or `name:setting=value,…`; `warm-up:then=step,every=2` has the settings
 * of both.
 *
 * @throws ConfigurationError when there is no such schedule or setting, or its value does not fit.
 */
export function toSchedule(text: string): Schedule {
  const { name, given } = splitNamed(text);
  const known = checkName('schedule', name, schedules);
  const defaults: Schedule = schedules[known];
  if (given.length === 0) return defaults;
  if (known !== 'warm-up') {
    return toNamed('schedule', { defaults, expected: expected[known] }, given);
  }
  const then = given.find(([setting]) => setting === 'then')?.[1] ?? 'constant';
  const after = checkName('schedule warm-up.then', then, plain);
  const both = {
    defaults: warmUpBefore(after),
    expected: { ...expected[after], ...expected['warm-up'] },
  };
  return toNamed(
    'schedule',
    both,
    given.filter(([setting]) => setting !== 'then'),
  );
}

/** The text that gives the schedule again. */
export function formatSchedule(schedule: Schedule): string {
  if (schedule.name !== 'warm-up') return formatNamed(schedule, schedules[schedule.name]);
  const usual = warmUpBefore(schedule.then);
  if (schedule.then === 'constant') return formatNamed(schedule, usual);
  const { then: _, ...settings } = usual;
  return formatNamed(schedule, { ...settings, name: usual.name });
}

/** The `plateau` of a schedule, alone or behind a warm-up; null where it has none. */
export function plateauOf(schedule: Schedule): { factor: number; wait: number } | null {
  const last = schedule.name === 'warm-up' ? afterWarmUp(schedule) : schedule;
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
      const after = afterWarmUp(schedule);
      return learningRateAt(after, rate, step - climb, steps - climb, stepsPerEpoch);
    }
    default:
      return schedule satisfies never;
  }
}

const { 'warm-up': warmUp, ...plain } = schedules;

function warmUpBefore(then: PlainSchedule['name']): WarmUpSchedule {
  return { ...schedules[then], ...warmUp, then };
}

function afterWarmUp({ epochs: _, then, ...settings }: WarmUpSchedule): PlainSchedule {
  return { ...settings, name: then } as unknown as PlainSchedule;
}

function halfCosine(from: number, to: number, fraction: number): number {
  return to + ((from - to) * (1 + cos(Math.PI * fraction))) / 2;
}
