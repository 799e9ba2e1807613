import { expect, test } from 'vitest';
import { colourFilterPicture } from './filters.ts';

test('a filter of three channels is one colour a place: grey at 0, full at the limit', () => {
  // Two filters [3, 1, 2]: the second has red only at the left, and no blue at the right.
  const weights = Float32Array.of(9, 9, 9, 9, 9, 9, 2, 0, 0, 0, 0, -2);
  const snapshot = { step: 1, shape: [2, 3, 1, 2], weights };
  expect(colourFilterPicture(snapshot, 1, 2)).toEqual({
    width: 2,
    height: 1,
    channels: 3,
    data: Uint8Array.of(255, 128, 128, 128, 128, 0),
  });
});
