import {
  cosine,
  plateau,
  resolveSchedule,
  schedules,
  step,
  warmUp,
  type ScheduleSpec,
} from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { learningRateAt, plateauOf } from './schedule.ts';

const rate = 0.004;
const toSchedule = (given: ScheduleSpec) => resolveSchedule('schedule', given);

test('step falls by its factor after every so many epochs', () => {
  const schedule = { name: 'step', every: 2, factor: 0.5 } as const;
  const got = Array.from({ length: 15 }, (_, step) => learningRateAt(schedule, 8, step, 15, 3));
  expect(got).toEqual([8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 4, 4, 2, 2, 2]);
});

describe('warm-up', () => {
  test('climbs in a straight line and stays', () => {
    const schedule = toSchedule(warmUp({ epochs: 2 }));
    const got = Array.from({ length: 6 }, (_, step) => learningRateAt(schedule, 8, step, 6, 2));
    expect(got).toEqual([2, 4, 6, 8, 8, 8]);
  });

  test('then another schedule over the steps that are left, with its settings', () => {
    const falling = toSchedule(warmUp({ epochs: 1, then: step({ every: 1, factor: 0.5 }) }));
    const stairs = Array.from({ length: 8 }, (_, at) => learningRateAt(falling, 8, at, 8, 2));
    expect(stairs).toEqual([4, 8, 8, 8, 4, 4, 2, 2]);
    const gentle = toSchedule(warmUp({ epochs: 0.5, then: cosine() }));
    for (let at = 0; at < 8; at++) {
      const want = at < 1 ? rate : learningRateAt(schedules.cosine.defaults, rate, at - 1, 7);
      expect(learningRateAt(gentle, rate, at, 8, 2)).toBe(want);
    }
  });

  test('of more epochs than there are goes on climbing', () => {
    const schedule = toSchedule(warmUp({ epochs: 4 }));
    expect([0, 1].map((step) => learningRateAt(schedule, 8, step, 2, 1))).toEqual([2, 4]);
  });
});

test('plateau stays; its factor comes from the validation loss', () => {
  for (const step of [0, 1, 99]) {
    expect(learningRateAt(schedules.plateau.defaults, rate, step, 100)).toBe(rate);
  }
  expect(plateauOf(toSchedule(plateau({ wait: 5 })))).toMatchObject({ factor: 0.5, wait: 5 });
  expect(plateauOf(toSchedule(warmUp({ then: plateau({ factor: 0.1 }) })))).toMatchObject({
    factor: 0.1,
  });
  expect(plateauOf(schedules.step.defaults)).toBe(null);
});
