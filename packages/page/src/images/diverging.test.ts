import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { divergingPicture, tilePictures } from './diverging.ts';
import { samplePicture, toPngUrl } from './png.ts';

test('divergingPicture: size is opacity, sign is hue, and more than the limit is clipped', () => {
  const { data } = divergingPicture([-1, 0, 0.5, 3], 2, 2, 1);
  expect([3, 7, 11, 15].map((alpha) => data[alpha])).toEqual([255, 0, 128, 255]);
  expect(data.slice(0, 3)).not.toEqual(data.slice(12, 15));
  expect(data.slice(8, 11)).toEqual(data.slice(12, 15));
});

test('tilePictures leaves gaps of one transparent pixel', () => {
  const tile = divergingPicture([1], 1, 1, 1);
  const { width, height, data } = tilePictures([tile, tile, tile], 2);
  expect([width, height]).toEqual([3, 3]);
  const alphas = Array.from({ length: 9 }, (_, pixel) => data[pixel * 4 + 3]);
  expect(alphas).toEqual([255, 0, 255, 0, 0, 0, 255, 0, 0]);
});

test.each([
  ['grey', [1, 1, 2], [10, 20], [10, 20]],
  ['RGB, from planes to pixels', [3, 1, 2], [1, 2, 3, 4, 5, 6], [1, 3, 5, 2, 4, 6]],
  ['the first of two channels', [2, 1, 2], [7, 8, 9, 9], [7, 8]],
])('samplePicture: %s, and its PNG holds the same bytes', (_, shape, bytes, expected) => {
  const url = toPngUrl(samplePicture(bytes, shape));
  const png = decode(Buffer.from(url.slice('data:image/png;base64,'.length), 'base64'));
  expect([...png.data]).toEqual(expected);
});
