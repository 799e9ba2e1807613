import { expect, test } from 'vitest';
import { overlayPicture } from './overlay.ts';
import { patchPicture } from './patches.ts';

const pixel = (data: Uint8Array, at: number) => [...data.subarray(at * 4, at * 4 + 4)];

test('overlayPicture: sign is hue, size is opacity, and the image shows where the map is zero', () => {
  const { data } = overlayPicture([1, -1, 0, 0], [1, 4], [255, 0, 255, 0], [1, 1, 4], 1);
  expect(pixel(data, 0)).toEqual([43, 123, 196, 255]);
  expect(pixel(data, 1)).toEqual([223, 111, 18, 255]);
  expect(pixel(data, 2)).toEqual([128, 128, 128, 77]);
  expect(pixel(data, 3)).toEqual([0, 0, 0, 0]);
});

test('overlayPicture stretches a smaller map, linearly, and draws the mean of the channels', () => {
  const { data } = overlayPicture([0, 1], [1, 2], [0, 0, 0, 0], [1, 1, 4], 1);
  expect([0, 1, 2, 3].map((at) => pixel(data, at)[3])).toEqual([0, 64, 191, 255]);
  const colors = overlayPicture([0], [1, 1], [255, 0], [2, 1, 1], 1);
  expect(pixel(colors.data, 0)[3]).toBe(38);
});

test('patchPicture shows what a place sees, nothing beyond the edge', () => {
  const field = { size: [2, 2], jump: [1, 1], start: [-1, -1] } as const;
  const { width, height, data } = patchPicture([10, 20, 30, 40, 50, 60], [1, 2, 3], field, 0, 1);
  expect([width, height]).toEqual([2, 2]);
  expect([0, 1, 2, 3].map((at) => pixel(data, at))).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [10, 10, 10, 255],
    [20, 20, 20, 255],
  ]);
});

test('patchPicture shows the whole image where a place sees more', () => {
  const field = { size: [5, 5], jump: [1, 1], start: [-2, -2] } as const;
  const { width, height, data } = patchPicture([1, 2, 3, 4, 5, 6], [3, 1, 2], field, 0, 1);
  expect([width, height, ...data]).toEqual([2, 1, 1, 3, 5, 255, 2, 4, 6, 255]);
});
