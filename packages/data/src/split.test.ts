import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { limitAndHoldOut, type Split } from './split.ts';

/** Sorted by class: 60 of 0, 30 of 1, 10 of 2. */
const sorted = Uint8Array.from({ length: 100 }, (_, n) => (n < 60 ? 0 : n < 90 ? 1 : 2));

const perClass = (labels: Uint8Array, indexes: Uint32Array) => {
  const counts = [0, 0, 0];
  for (const index of indexes) counts[labels[index]]++;
  return counts;
};

const plain = { limit: null, validation: 0, seed: 1 } satisfies Split;

describe('limitAndHoldOut', () => {
  test.each([
    { limit: null, validation: 0, train: [60, 30, 10], held: [0, 0, 0] },
    { limit: null, validation: 20, train: [48, 24, 8], held: [12, 6, 2] },
    { limit: 50, validation: 0, train: [30, 15, 5], held: [0, 0, 0] },
    { limit: 50, validation: 10, train: [24, 12, 4], held: [6, 3, 1] },
    { limit: 3, validation: 0, train: [1, 1, 1], held: [0, 0, 0] },
    { limit: 6, validation: 3, train: [1, 1, 1], held: [2, 1, 0] },
    { limit: 100, validation: 99, train: [1, 0, 0], held: [59, 30, 10] },
  ])('limit $limit, validation $validation: by class', ({ limit, validation, train, held }) => {
    const split = limitAndHoldOut(sorted, { ...plain, limit, validation });
    expect(perClass(sorted, split.train)).toEqual(train);
    expect(perClass(sorted, split.validation)).toEqual(held);
    const all = [...split.train, ...split.validation];
    expect(new Set(all).size).toBe(limit ?? 100);
    for (const indexes of [split.train, split.validation]) {
      expect([...indexes]).toEqual([...indexes].sort((a, b) => a - b));
    }
  });

  test('the same of the same seed, others of another, and not the first', () => {
    const draw = (seed: number) => [
      ...limitAndHoldOut(sorted, { ...plain, limit: 50, seed }).train,
    ];
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1).slice(0, 30)).not.toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  test('every sample is drawn about as often: 4,000 seeds, 10 of 100', () => {
    const times = new Uint32Array(100);
    for (let seed = 0; seed < 4000; seed++) {
      for (const index of limitAndHoldOut(sorted, { ...plain, limit: 10, seed }).train)
        times[index]++;
    }
    // 400 times each; the standard deviation is 19.
    expect(Math.min(...times)).toBeGreaterThan(400 - 5 * 19);
    expect(Math.max(...times)).toBeLessThan(400 + 5 * 19);
  });

  test('in order: the first samples, and the last of these', () => {
    const split = { ...plain, limit: 5, validation: 2, sampling: 'in order' } as const;
    const { train, validation } = limitAndHoldOut(sorted, split);
    expect([[...train], [...validation]]).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  test.each([
    [0, 0, 'limit: expected an integer from 1 to 5 training samples, got 0'],
    [6, 0, 'limit: expected an integer from 1 to 5 training samples, got 6'],
    [2.5, 0, 'limit: expected an integer from 1 to 5 training samples, got 2.5'],
    [null, -1, 'validation: expected an integer from 0 to 4 training samples, got -1'],
    [null, 5, 'validation: expected an integer from 0 to 4 training samples, got 5'],
    [3, 3, 'validation: expected an integer from 0 to 2 training samples, got 3'],
    [3, NaN, 'validation: expected an integer from 0 to 2 training samples, got NaN'],
  ])('refuses limit %s, validation %s', (limit, validation, message) => {
    expect(() => limitAndHoldOut(new Uint8Array(5), { ...plain, limit, validation })).toThrow(
      new ConfigurationError(`${message}; choose one in that range`),
    );
  });
});
