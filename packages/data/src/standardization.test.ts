import { expect, test } from 'vitest';
import { assertClose } from '@convbook/core/testing';
import { measureStandardization } from './standardization.ts';

function imagesOf(values: readonly number[]) {
  const images = new Uint8Array(new SharedArrayBuffer(values.length));
  images.set(values);
  return images;
}

test('each channel over all images, worked out by hand', () => {
  // Two images of two channels of 1 × 2: 0 51 102 51, whose squares deviate 51² · (1 + 0 + 1 + 0); then 255s.
  const images = imagesOf([0, 51, 255, 255, 102, 51, 255, 255]);
  const { means, deviations } = measureStandardization({ images, count: 2 }, [2, 1, 2]);
  expect(means).toEqual([0.2, 1]);
  assertClose(deviations, [0.2 * Math.SQRT1_2, 1], { rtol: 1e-15, atol: 0 }, 'deviations');
});

test('many images, against sums in another order', () => {
  const values = Array.from({ length: 3 * 35 * 40 }, (_, at) => (at * at * 7 + at * 13) % 256);
  const { means, deviations } = measureStandardization(
    { images: imagesOf(values), count: 40 },
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
