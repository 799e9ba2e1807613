import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { spriteOf, spritePosition } from './sprite.ts';

test('images lie in the order given, and positions point at them', () => {
  const images = new Map([1, 5, 9].map((index) => [index, Uint8Array.of(index, index + 1)]));
  const sprite = spriteOf([9, 1, 5], { shape: [1, 1, 2], images });
  const png = decode(Buffer.from(sprite.url.slice('data:image/png;base64,'.length), 'base64'));
  expect([png.width, png.height]).toEqual([4, 2]);
  expect([...png.data]).toEqual([9, 10, 1, 2, 5, 6, 0, 0]);
  expect([9, 1, 5].map((index) => sprite.places.get(index))).toEqual([0, 1, 2]);
  expect([0, 1, 2].map((place) => spritePosition(sprite, place))).toEqual([
    '0% 0%',
    '100% 0%',
    '0% 100%',
  ]);
});
