// Who makes the gradients that are made from the rows of all ranks.
import type { Place } from '@convbook/layers/plan';
import { expect, it } from 'vitest';
import { sharedBytes } from './shared-items.ts';

const place: Place = { region: 'gradients', offset: 0 };
/** Sixteen items of 16 KiB, five times over, so that it is worth while. */
const items = ['a', 'b', 'c', 'd', 'e'].flatMap((parameter) =>
  Array.from({ length: 16 }, () => ({
    parameter,
    gradient: { place, rowStride: 0, rows: 1, columns: 4096 },
  })),
);
const itemBytes = 16 + 4 * 4096;

/** How many items each rank makes, by the lanes of its shards. */
const made = (lanes: readonly number[], samples = 100) =>
  sharedBytes(items, samples, lanes).map((bytes) => bytes / itemBytes);

it('ranks with equal parts of the batch make equally many', () => {
  expect(made([52, 52])).toEqual([40, 40]);
  expect(made([24, 24, 24, 24])).toEqual([20, 20, 20, 20]);
});

it('a rank that has fewer shards makes more', () => {
  expect(made([56, 48])).toEqual([35, 45]);
  expect(made([32, 48, 24])).toEqual([30, 5, 45]);
});

it('ranks without shards make all where the others have enough to do', () => {
  expect(made([52, 52, 0, 0])).toEqual([0, 0, 40, 40]);
});

it('every rank makes all of what is too little to share', () => {
  expect(made([52, 52], 63)).toEqual([0, 0]);
  expect(made([100])).toEqual([0]);
});
