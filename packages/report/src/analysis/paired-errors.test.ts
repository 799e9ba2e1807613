import { expect, test } from 'vitest';
import { differenceInterval, mcnemar, pairedErrors } from './paired-errors.ts';

test.each([
  // 2 · (C(10,0) + C(10,1)) / 2¹⁰
  [1, 9, 22 / 1024],
  [9, 1, 22 / 1024],
  [0, 5, 2 / 32],
  [4, 4, 1],
  [0, 0, 1],
])('mcnemar(%i, %i) is %f', (b, c, expected) => {
  expect(mcnemar(b, c)).toBeCloseTo(expected, 12);
});

test('mcnemar of many images neither overflows nor becomes 0', () => {
  const p = mcnemar(4800, 5200);
  // The normal approximation with continuity correction, (|b − c| − 1) / √(b + c), gives z = 3.99.
  expect(p).toBeGreaterThan(6e-5);
  expect(p).toBeLessThan(7e-5);
});

test('differenceInterval gives the interval of Newcombe’s table II for 36, 12, 2 and 0', () => {
  const { low, high } = differenceInterval(36, 12, 2, 0);
  // There as the first less the second.
  expect(-high).toBeCloseTo(0.0569, 4);
  expect(-low).toBeCloseTo(0.3404, 4);
});

test('differenceInterval turns its sign when the two are exchanged', () => {
  const [one, other] = [differenceInterval(50, 9, 3, 8), differenceInterval(50, 3, 9, 8)];
  expect(one.low).toBeCloseTo(-other.high, 12);
  expect(one.high).toBeCloseTo(-other.low, 12);
  expect(one.high).toBeGreaterThan(-0.09);
});

test('pairedErrors counts each image once and says which tell the models apart', () => {
  const labels = Uint8Array.of(0, 1, 0, 1, 0);
  const answers = (...classes: number[]) => ({
    samples: 5,
    classes: 2,
    labels,
    logits: Float32Array.from(classes.flatMap((k) => (k === 0 ? [1, 0] : [0, 1]))),
  });
  const found = pairedErrors(answers(0, 1, 1, 0, 0), answers(0, 0, 0, 0, 0));
  expect(found).toMatchObject({
    samples: 5,
    bothRight: 2,
    bothWrong: 1,
    onlyFirstRight: [1],
    onlySecondRight: [2],
    difference: 0,
    pValue: 1,
  });
});
