import { describe, expect, test } from 'vitest';
import { ConfigurationError } from './errors.ts';
import { outputSize } from './output-size.ts';

describe('outputSize', () => {
  test.each([
    [4, 3, 1, 1, 4],
    [4, 3, 2, 1, 2],
    [4, 3, 3, 1, 2],
    [28, 5, 1, 0, 24],
    [28, 3, 2, 1, 14],
    [9, 2, 2, 0, 4],
    [7, 7, 1, 0, 1],
    [1, 3, 1, 1, 1],
    [2, 1, 5, 0, 1],
  ])(
    'input %i, kernel %i, stride %i, padding %i gives %i',
    (input, kernel, stride, padding, want) => {
      expect(outputSize(input, kernel, stride, padding)).toBe(want);
    },
  );

  test.each([
    [
      0,
      1,
      1,
      0,
      'outputSize: expected input to be an integer of at least 1, got 0; give a whole number',
    ],
    [
      4,
      1.5,
      1,
      0,
      'outputSize: expected kernel to be an integer of at least 1, got 1.5; give a whole number',
    ],
    [
      4,
      1,
      -1,
      0,
      'outputSize: expected stride to be an integer of at least 1, got -1; give a whole number',
    ],
    [
      4,
      1,
      1,
      NaN,
      'outputSize: expected padding to be an integer of at least 0, got NaN; give a whole number',
    ],
    [
      4,
      7,
      1,
      1,
      'outputSize: expected a kernel of at most 6 (input 4 + 2 × padding 1), got 7; use a smaller kernel or more padding',
    ],
  ])(
    'refuses input %d, kernel %d, stride %d, padding %d',
    (input, kernel, stride, padding, message) => {
      expect(() => outputSize(input, kernel, stride, padding)).toThrow(
        new ConfigurationError(message),
      );
    },
  );
});
