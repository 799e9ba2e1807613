import { describe, expect, test } from 'vitest';
import { fromLanes, toLanes } from './lanes.ts';

describe('lanes', () => {
  test('by hand: 3 samples of 2 positions in 4 lanes; the lane without a sample is 0', () => {
    const out = new Float32Array(10).fill(9);
    toLanes(Float32Array.of(1, 2, 3, 4, 5, 6), 3, 4, out);
    expect(out).toEqual(Float32Array.of(1, 3, 5, 0, 2, 4, 6, 0, 9, 9));
  });

  test('and back', () => {
    const lanes = Float32Array.of(1, 3, 5, 7, 2, 4, 6, 8);
    expect(fromLanes(lanes, 3, 4)).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
  });
});
