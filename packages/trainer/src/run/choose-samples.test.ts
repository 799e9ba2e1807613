import { describe, expect, test } from 'vitest';
import { chooseSamples } from './choose-samples.ts';

/** Logits of three classes whose largest is the prediction's, by `margin`. */
function answers(rows: readonly (readonly [label: number, prediction: number, margin: number])[]) {
  const logits = new Float32Array(rows.length * 3);
  rows.forEach(([, prediction, margin], index) => (logits[index * 3 + prediction] = margin));
  const labels = Uint8Array.from(rows, ([label]) => label);
  return { samples: rows.length, classes: 3, logits, labels };
}

describe('chooseSamples', () => {
  // 120 mistakes that become worse, among 30 right answers of class 0, 4 of class 1 and none of class 2.
  const right = Array.from({ length: 34 }, (_, k) => [k < 30 ? 0 : 1, k < 30 ? 0 : 1, 1] as const);
  const wrong = Array.from({ length: 120 }, (_, k) => [2, 0, k + 1] as const);
  const evaluation = answers([...right, ...wrong]);
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

  test.each([
    ['all where they fit', 1000, range(0, 154)],
    ['all where they just fit', 154, range(0, 154)],
    [
      'every mistake, and as many right ones of each class',
      126,
      [0, 1, 2, 30, 31, 32, ...range(34, 154)],
    ],
    ['more of a class where another has no more', 130, [...range(0, 6), ...range(30, 154)]],
    ['mistakes alone where no more fit', 120, range(34, 154)],
    ['the worst mistakes where not all fit', 7, range(147, 154)],
    ['none where not even one fits', 0, []],
  ])('keeps %s', (_, most, kept) => {
    expect(chooseSamples(evaluation, most)).toEqual(kept);
  });

  test('of equally wrong answers the first in the test set', () => {
    expect(
      chooseSamples(
        answers([
          [1, 1, 1],
          [2, 0, 5],
          [1, 0, 5],
        ]),
        1,
      ),
    ).toEqual([1]);
  });

  test('a tie goes to the lowest class, as in every figure of the notebook', () => {
    const tie = {
      samples: 2,
      classes: 3,
      logits: new Float32Array(6),
      labels: Uint8Array.of(0, 2),
    };
    expect(chooseSamples(tie, 1)).toEqual([1]);
  });
});
