import { availableParallelism } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { toWorkers, usefulWorkers } from './workers.ts';

describe('toWorkers', () => {
  test('defaults to the cores there are and keeps 0 to 256', () => {
    expect(toWorkers(undefined)).toBe(availableParallelism());
    expect([0, 1, 256].map(toWorkers)).toEqual([0, 1, 256]);
  });

  test.each([-1, 257, 1.5, NaN])('refuses %d', (workers) => {
    expect(() => toWorkers(workers)).toThrow(
      new ConfigurationError(`workers: expected an integer from 0 to 256, got ${workers}`),
    );
  });
});

test.each([
  [0, 2, 0],
  [3, 1, 3],
  [16, 2, 16],
  [64, 2, 16],
  [256, 64, 256],
])('of %i workers asked for on %i cores %i run', (asked, cores, running) => {
  expect(usefulWorkers(asked, cores)).toBe(running);
});
