import { expect, test } from 'vitest';
import { proportionalSample } from './proportional-sample.ts';

/** Of 1,000 images three quarters are of class 0; every tenth answer is wrong. */
const labels = Uint8Array.from({ length: 1000 }, (_, index) => (index % 4 === 3 ? 1 : 0));
const isWrong = (index: number) => index % 10 === 0;
const evaluation = {
  samples: 1000,
  classes: 2,
  logits: Float32Array.from([...labels.keys()].flatMap(twoLogits)),
  labels,
};

function twoLogits(index: number): number[] {
  const answer = isWrong(index) ? 1 - labels[index] : labels[index];
  return answer === 0 ? [1, 0] : [0, 1];
}

const keptOf = (isKept: (index: number) => boolean) =>
  new Map([...labels.keys()].filter(isKept).map((index) => [index, null]));

test.each<[string, (index: number) => boolean, number]>([
  ['all images', () => true, 200],
  ['every mistake and some right ones', (index) => isWrong(index) || index < 300, 250],
])('of %s kept, a sample has the shares of the test set', (_, isKept, most) => {
  const sample = proportionalSample(evaluation, keptOf(isKept), most) ?? [];
  expect(sample.length).toBe(most);
  expect(sample.every(isKept)).toBe(true);
  const share = (is: (index: number) => boolean) => sample.filter(is).length / sample.length;
  expect(share(isWrong)).toBeCloseTo(0.1, 2);
  expect(share((index) => labels[index] === 1)).toBeCloseTo(0.25, 2);
  expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
});

test('a sample is no larger than the kept images of each kind allow', () => {
  const kept = keptOf((index) => isWrong(index) || index < 200);
  expect(proportionalSample(evaluation, kept, 900)?.length).toBe(200);
});

test('all of a test set is its own sample', () => {
  const all = keptOf(() => true);
  expect(proportionalSample(evaluation, all, 1000)).toEqual([...labels.keys()]);
});

test('with mistakes alone there is none', () => {
  expect(proportionalSample(evaluation, keptOf(isWrong), 500)).toBeNull();
});
