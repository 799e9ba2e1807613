import { expect, test } from 'vitest';
import { assertClose } from '@convbook/core/testing';
import { allIndexes } from './split.ts';
import { measureStandardization } from './standardization.ts';

test('each channel over all images, worked out by hand', () => {
  // Two images of two channels of 1 × 2: 0 51 102 51, whose squares deviate 51² · (1 + 0 + 1 + 0); then 255s.
  const images = Uint8Array.of(0, 51, 255, 255, 102, 51, 255, 255);
  const { means, deviations } = measureStandardization(images, allIndexes(2), [2, 1, 2]);
  expect(means).toEqual([0.2, 1]);
  assertClose(deviations, [0.2 * Math.SQRT1_2, 1], { rtol: 1e-15, atol: 0 }, 'deviations');
});

test('images that are not among the samples do not count', () => {
  const images = Uint8Array.of(0, 9, 51, 200, 102, 255);
  expect(measureStandardization(images, Uint32Array.of(0, 2, 4), [1, 1, 1]).means).toEqual([0.2]);
});

test('many images, against sums in another order', () => {
  const values = Array.from({ length: 3 * 35 * 40 }, (_, at) => (at * at * 7 + at * 13) % 256);
  const { means, deviations } = measureStandardization(
    Uint8Array.from(values),
    allIndexes(40),
    [3, 5, 7],
  );
  [0, 1, 2].forEach((channel) => {
    const own = values.filter((_, at) => Math.floor(at / 35) % 3 === channel).map((v) => v / 255);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const square = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length;
    assertClose([means[channel]], [mean], { rtol: 1e-13, atol: 0 }, 'mean');
    assertClose([deviations[channel]], [Math.sqrt(square)], { rtol: 1e-13, atol: 0 }, 'deviation');
  });
});
