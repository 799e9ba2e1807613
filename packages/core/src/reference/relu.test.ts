import { expect, test } from 'vitest';
import { reluBackward, reluForward } from './relu.ts';

test('relu by hand', () => {
  expect(reluForward(Float64Array.of(-2, -0, 0, 3, Infinity))).toEqual(
    Float64Array.of(0, 0, 0, 3, Infinity),
  );
});

test('its gradient by hand: 0 where the output is 0', () => {
  const [y, dY] = [Float32Array.of(0, 0, 0, 3, 1e-40), Float32Array.of(5, 6, 7, 8, 9)];
  expect(reluBackward(y, dY)).toEqual(Float32Array.of(0, 0, 0, 8, 9));
});
