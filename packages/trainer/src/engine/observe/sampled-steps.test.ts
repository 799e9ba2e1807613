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
  ['times', 8, 8, []],
  ['times', 35, 7, [9, 19, 29]],
])('%s of %i steps, %i an epoch', (sampled, steps, batchesPerEpoch, expected) => {
  expect(sampledSteps(sampled, steps, batchesPerEpoch)).toEqual(expected);
});

test.each<[Sampled, number]>([
  ['layers', 200 + 100],
  ['times', 40],
])('%s of a long run stay few', (sampled, most) => {
  expect(sampledSteps(sampled, 60_000, 600).length).toBeLessThanOrEqual(most);
});

test('a timed step measures no norms', () => {
  const timed = sampledSteps('times', 4800, 600);
  const measured = new Set(sampledSteps('layers', 4800, 600));
  expect(timed).toHaveLength(40);
  expect(timed.filter((step) => measured.has(step))).toEqual([]);
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
