import { expect, it } from 'vitest';
import { readPicture } from './read-picture.ts';

const description = { orientation: 'upright', ground: null, background: 40 } as const;
/** Four grey columns and one row. */
const wide = { width: 4, height: 1, channels: 1, data: [10, 20, 30, 40] } as const;

it.each([
  ['cover', 'middle taken', [20, 30]],
  ['stretch', 'stretched', [15, 35]],
] as const)('%s: %s', (fit, step, bytes) => {
  expect(readPicture(wide, [1, 1, 2], { ...description, fit })).toEqual({
    bytes: Uint8Array.from(bytes),
    steps: [step],
    doubts: [],
  });
});

it('contain: bars of the background', () => {
  const { bytes, steps } = readPicture(wide, [1, 4, 4], { ...description, fit: 'contain' });
  expect([...(bytes ?? [])]).toEqual([
    40, 40, 40, 40, 25, 30, 35, 40, 25, 30, 35, 40, 40, 40, 40, 40,
  ]);
  expect(steps).toEqual(['bars added']);
});

it('transparent parts are the background, and a large picture is not reduced first', () => {
  const data = Array.from({ length: 2048 * 1024 }, (_, at) => [
    at % 2048 < 1024 ? 7 : 99,
    at % 2048 < 1024 ? 255 : 0,
  ]);
  const large = { width: 2048, height: 1024, channels: 2, data: data.flat() } as const;
  const { bytes, steps } = readPicture(large, [1, 1, 2], { ...description, fit: 'cover' });
  expect([[...(bytes ?? [])], steps]).toEqual([[7, 40], ['scaled']]);
});

it('a picture of one colour shows nothing', () => {
  const blue = { width: 1, height: 1, channels: 3, data: [0, 0, 255] } as const;
  expect(readPicture(blue, [3, 2, 2], { ...description, fit: 'cover' }).bytes).toBeNull();
});

it('is turned and inverted as asked', () => {
  const choices = { transpose: true, invert: true };
  const { bytes, steps } = readPicture(wide, [1, 4, 1], { ...description, fit: 'cover' }, choices);
  expect([...(bytes ?? [])]).toEqual([245, 235, 225, 215]);
  expect(steps).toEqual(['transposed', 'inverted', 'as it is']);
});
