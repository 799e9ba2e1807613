import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import {
  constantRate,
  cosine,
  flattenSchedule,
  formatSchedule,
  nestSchedule,
  oneCycle,
  plateau,
  resolveSchedule,
  schedules,
  step,
  warmUp,
} from './schedules.ts';
import { parseSchedule } from './text.ts';

const toSchedule = (text: string) => resolveSchedule('schedule', parseSchedule(text));

test('each function gives its schedule, and what it is given', () => {
  const made = [oneCycle(), cosine(), constantRate(), step(), warmUp(), plateau()];
  expect(made.map(({ name }) => name)).toEqual(Object.keys(schedules));
  const settings = { epochs: 2, then: step({ every: 2, factor: 0.5 }) };
  expect(resolveSchedule('schedule', warmUp(settings))).toEqual({ name: 'warm-up', ...settings });
});

describe('a schedule by its text', () => {
  test('the name alone has the default settings', () => {
    for (const { defaults } of Object.values(schedules)) {
      expect(toSchedule(defaults.name)).toEqual(defaults);
      expect(formatSchedule(defaults)).toBe(defaults.name);
    }
  });

  test.each([
    ['step:every=2', { name: 'step', every: 2, factor: 0.1 }],
    ['one-cycle:warmUp=0.1', { name: 'one-cycle', warmUp: 0.1, divisor: 25, finalDivisor: 10_000 }],
    [
      'warm-up:then=step',
      { name: 'warm-up', epochs: 1, then: { name: 'step', every: 3, factor: 0.1 } },
    ],
    ['warm-up:epochs=0.5,then=cosine', { name: 'warm-up', epochs: 0.5, then: { name: 'cosine' } }],
  ])('%s', (text, want) => {
    expect(toSchedule(text)).toEqual(want);
    const formatted = formatSchedule(toSchedule(text));
    expect(toSchedule(formatted)).toEqual(want);
    expect(formatSchedule(toSchedule(formatted))).toBe(formatted);
  });

  test('run.json has a warm-up beside the settings of what follows', () => {
    const schedule = toSchedule('warm-up:epochs=2,then=step,every=2');
    const recorded = flattenSchedule(schedule);
    expect(JSON.stringify(recorded)).toBe(
      '{"name":"warm-up","every":2,"factor":0.1,"epochs":2,"then":"step"}',
    );
    expect(resolveSchedule('schedule', nestSchedule(recorded))).toEqual(schedule);
    expect(resolveSchedule('schedule', nestSchedule({ name: 'warm-up' }))).toEqual(
      toSchedule('warm-up'),
    );
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
      'schedule warm-up: expected settings among every, factor, epochs, got "wait"',
      'warm-up:then=step,wait=2',
    ],
    ['schedule warm-up.every: expected a whole number above 0, got 0', 'warm-up:then=step,every=0'],
    [
      'schedule step: expected its settings, got "name"; write the name before the colon',
      'step:name=1',
    ],
    [
      'schedule warm-up.then: expected one of one-cycle, cosine, constant, step, plateau, got "warm-up"',
      'warm-up:then=warm-up',
    ],
  ])('%s', (message, text) => {
    expect(() => toSchedule(text)).toThrow(new ConfigurationError(message));
  });
});
