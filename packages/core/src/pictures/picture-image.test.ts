import { expect, it } from 'vitest';
import { pictureImage, type OpaquePixels } from './picture-image.ts';

const grey = (width: number, height: number, data: number[]): OpaquePixels => ({
  width,
  height,
  channels: 1,
  data,
});

const square = grey(2, 2, [10, 20, 30, 40]);
const wide = grey(4, 2, [0, 10, 20, 30, 40, 50, 60, 70]);

it.each([
  ['itself', square, [1, 2, 2], 'cover', [10, 20, 30, 40]],
  ['a mean of all', square, [1, 1, 1], 'cover', [25]],
  ['each pixel four times', square, [1, 4, 4], 'stretch', [10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40]], // prettier-ignore
  ['parts of pixels', grey(3, 1, [30, 60, 90]), [1, 1, 2], 'stretch', [40, 80]],
  ['the middle', wide, [1, 2, 2], 'cover', [10, 20, 50, 60]],
  ['all, its proportions changed', wide, [1, 2, 2], 'stretch', [5, 25, 45, 65]],
  ['all, with bars', wide, [1, 4, 4], 'contain', [255, 255, 255, 255, 0, 10, 20, 30, 40, 50, 60, 70, 255, 255, 255, 255]], // prettier-ignore
  ['all, with half bars', wide, [1, 2, 2], 'contain', [130, 140, 150, 160]],
  ['three equal colours', square, [3, 1, 1], 'cover', [25, 25, 25]],
] as const)('%s', (_, picture, shape, fit, expected) => {
  expect([...pictureImage(picture, shape, fit)]).toEqual(expected);
});

it('bars of a chosen grey', () => {
  expect([...pictureImage(grey(2, 1, [0, 0]), [1, 3, 2], 'contain', 9)]).toEqual([
    9, 9, 0, 0, 9, 9,
  ]);
});

it('colours in planes, and their luma', () => {
  const picture = { width: 2, height: 1, channels: 3, data: [255, 0, 0, 0, 0, 255] } as const;
  expect([...pictureImage(picture, [3, 1, 2], 'cover')]).toEqual([255, 0, 0, 0, 0, 255]);
  expect([...pictureImage(picture, [1, 1, 2], 'cover')]).toEqual([76, 29]);
});

it('keeps the mean of a picture of any size', () => {
  const picture = grey(
    37,
    23,
    Array.from({ length: 37 * 23 }, (_, at) => (at * 7919) % 256),
  );
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const image = pictureImage(picture, [1, 11, 16], 'stretch');
  expect(Math.abs(mean(image) - mean(picture.data))).toBeLessThan(0.5);
});
