import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import type { ImageSet } from './dataset.ts';
import { limitAndHoldOut } from './split.ts';

const shared = (values: number[]) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(values.length));
  bytes.set(values);
  return bytes;
};
const set: ImageSet = {
  images: shared([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
  labels: shared([5, 6, 7, 8, 9]),
  count: 5,
};

describe('limitAndHoldOut', () => {
  test.each([
    { limit: null, validation: 0, train: [5, 6, 7, 8, 9], held: [] },
    { limit: null, validation: 2, train: [5, 6, 7], held: [8, 9] },
    { limit: 3, validation: 0, train: [5, 6, 7], held: [] },
    { limit: 4, validation: 3, train: [5], held: [6, 7, 8] },
    { limit: 5, validation: 1, train: [5, 6, 7, 8], held: [9] },
  ])('limit $limit, validation $validation', ({ limit, validation, train, held }) => {
    const split = limitAndHoldOut(set, { limit, validation });
    expect([...split.train.labels]).toEqual(train);
    expect([...split.validation.labels]).toEqual(held);
    expect([split.train.count, split.validation.count]).toEqual([train.length, held.length]);
    expect([...split.train.images]).toEqual(train.flatMap((label) => [label - 5, label - 5]));
    expect([...split.validation.images]).toEqual(held.flatMap((label) => [label - 5, label - 5]));
    expect(split.train.images.buffer).toBe(set.images.buffer);
    expect(split.validation.labels.buffer).toBe(set.labels.buffer);
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
    expect(() => limitAndHoldOut(set, { limit, validation })).toThrow(
      new ConfigurationError(`${message}; choose one in that range`),
    );
  });
});
