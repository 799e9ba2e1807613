import { expect, test } from 'vitest';
import { isSampled, slotAt, slotsOf, type Sampled } from './sampled-steps.ts';

const sampledSteps = (sampled: Sampled, steps: number, batchesPerEpoch: number) =>
  Array.from({ length: steps }, (_, k) => k + 1).filter((step) =>
    isSampled(sampled, { steps, batchesPerEpoch }, step),
  );

test.each<[Sampled, number, number, number[]]>([
  ['layers', 20, 20, [1, 20]],
  ['layers', 50, 25, [1, 20, 25, 40, 50]],
  ['layers', 3, 1, [1, 2, 3]],
  ['times', 9, 9, []],
  ['times', 35, 7, [10, 20, 30]],
])('%s of %i steps, %i an epoch', (sampled, steps, batchesPerEpoch, expected) => {
  expect(sampledSteps(sampled, steps, batchesPerEpoch)).toEqual(expected);
});

test.each<[Sampled, number]>([
  ['layers', 200 + 100],
  ['times', 40],
])('%s of a long run stay few', (sampled, most) => {
  expect(sampledSteps(sampled, 60_000, 600).length).toBeLessThanOrEqual(most);
});

test.each([
  ['layers', 4000, 400],
  ['layers', 3000, 30],
  ['times', 4000, 400],
  ['times', 3000, 11],
] as const)('%s: of %i steps, %i an epoch, no two of an epoch share a slot', (...row) => {
  const [sampled, steps, batchesPerEpoch] = row;
  const plan = { steps, batchesPerEpoch };
  const bySlot = new Set<string>();
  const all = sampledSteps(sampled, steps, batchesPerEpoch);
  for (const step of all) {
    const slot = slotAt(sampled, plan, step);
    expect(slot).toBeLessThan(slotsOf(sampled, plan));
    bySlot.add(`${Math.ceil(step / batchesPerEpoch)} ${slot}`);
  }
  expect(bySlot.size).toBe(all.length);
});
