import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { formatSchedule, learningRateAt, plateauOf, schedules, toSchedule } from './schedule.ts';

const rate = 0.004;

test('step falls by its factor after every so many epochs', () => {
  const schedule = { name: 'step', every: 2, factor: 0.5 } as const;
  const got = Array.from({ length: 15 }, (_, step) => learningRateAt(schedule, 8, step, 15, 3));
  expect(got).toEqual([8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 4, 4, 2, 2, 2]);
});

describe('warm-up', () => {
  test('climbs in a straight line and stays', () => {
    const schedule = toSchedule('warm-up:epochs=2');
    const got = Array.from({ length: 6 }, (_, step) => learningRateAt(schedule, 8, step, 6, 2));
    expect(got).toEqual([2, 4, 6, 8, 8, 8]);
  });

  test('then another schedule over the steps that are left, with its settings', () => {
    const step = toSchedule('warm-up:epochs=1,then=step,every=1,factor=0.5');
    const stairs = Array.from({ length: 8 }, (_, at) => learningRateAt(step, 8, at, 8, 2));
    expect(stairs).toEqual([4, 8, 8, 8, 4, 4, 2, 2]);
    const cosine = toSchedule('warm-up:epochs=0.5,then=cosine');
    for (let at = 0; at < 8; at++) {
      const want = at < 1 ? rate : learningRateAt(schedules.cosine, rate, at - 1, 7);
      expect(learningRateAt(cosine, rate, at, 8, 2)).toBe(want);
    }
  });

  test('of more epochs than there are goes on climbing', () => {
    const schedule = toSchedule('warm-up:epochs=4');
    expect([0, 1].map((step) => learningRateAt(schedule, 8, step, 2, 1))).toEqual([2, 4]);
  });
});

test('plateau stays; its factor comes from the validation loss', () => {
  for (const step of [0, 1, 99]) {
    expect(learningRateAt(schedules.plateau, rate, step, 100)).toBe(rate);
  }
  expect(plateauOf(toSchedule('plateau:wait=5'))).toMatchObject({ factor: 0.5, wait: 5 });
  expect(plateauOf(toSchedule('warm-up:then=plateau,factor=0.1'))).toMatchObject({ factor: 0.1 });
  expect(plateauOf(schedules.step)).toBe(null);
});

describe('a schedule by its text', () => {
  test('the name alone has the default settings', () => {
    for (const schedule of Object.values(schedules)) {
      expect(toSchedule(schedule.name)).toEqual(schedule);
      expect(formatSchedule(schedule)).toBe(schedule.name);
    }
  });

  test.each([
    ['step:every=2', { name: 'step', every: 2, factor: 0.1 }],
    ['one-cycle:warmUp=0.1', { name: 'one-cycle', warmUp: 0.1, divisor: 25, finalDivisor: 10_000 }],
    ['warm-up:then=step', { name: 'warm-up', epochs: 1, then: 'step', every: 3, factor: 0.1 }],
    ['warm-up:epochs=0.5,then=cosine', { name: 'warm-up', epochs: 0.5, then: 'cosine' }],
  ])('%s', (text, want) => {
    expect(toSchedule(text)).toEqual(want);
    const formatted = formatSchedule(toSchedule(text));
    expect(toSchedule(formatted)).toEqual(want);
    expect(formatSchedule(toSchedule(formatted))).toBe(formatted);
  });

  const names = 'one-cycle, cosine, constant, step, warm-up, plateau';
  test.each([
    [`schedule: expected one of ${names}, got "stairs"`, 'stairs'],
    ['schedule cosine: expected no settings, got "every"', 'cosine:every=1'],
    ['schedule step: expected settings among every, factor, got "epochs"', 'step:epochs=1'],
    ['schedule step.every: expected a whole number above 0, got 1.5', 'step:every=1.5'],
    ['schedule step.factor: expected a number above 0, got NaN', 'step:factor='],
    ['schedule plateau.factor: expected a number from 0 to below 1, got 1', 'plateau:factor=1'],
    ['schedule warm-up.epochs: expected a number above 0, got 0', 'warm-up:epochs=0'],
    [
      'schedule warm-up.then: expected one of one-cycle, cosine, constant, step, plateau, got "warm-up"',
      'warm-up:then=warm-up',
    ],
  ])('%s', (message, text) => {
    expect(() => toSchedule(text)).toThrow(new ConfigurationError(message));
  });
});
