import { expect, it } from 'vitest';
import { mostBytes, whyStreamed } from './why-streamed.ts';

const mebibyte = 2 ** 20;

it.each([
  [mebibyte, true, 8 * mebibyte, 'as --stream asks'],
  [7 * mebibyte, false, 8 * mebibyte, null],
  [4 * mebibyte, undefined, 8 * mebibyte, null],
  [5 * mebibyte, undefined, 8 * mebibyte, 'they are more than half of the 8 MiB that are free'],
  [mostBytes + 1, undefined, 2 ** 40, 'they are more than 2 GiB'],
])('%i bytes, stream %s, %i free: %s', (bytes, stream, available, reason) => {
  expect(whyStreamed(bytes, stream, available)).toBe(reason);
});
