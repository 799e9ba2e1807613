import { describe, expect, test } from 'vitest';
import { compareAnswers, isVerified } from './verification.ts';

describe('compareAnswers', () => {
  const want = [0, 2, 1, 3, 3, 0];
  test.each([
    ['the same numbers', want, { largestDifference: 0, undecided: 1, otherClass: [] }, true],
    [
      'a number too far away, of the same class',
      [0, 2.5, 1, 3, 3, 0],
      { largestDifference: 0.5, undecided: 1, otherClass: [] },
      false,
    ],
    [
      'another class where the two largest differ',
      [0, 2, 3, 3, 3, 0],
      { largestDifference: 2, undecided: 1, otherClass: [0] },
      false,
    ],
    [
      'another class where they do not',
      [0, 2, 1, 3, 3.00001, 0],
      { largestDifference: 3.00001 - 3, undecided: 1, otherClass: [] },
      true,
    ],
    [
      'not a number',
      [0, 2, 1, Number.NaN, 3, 0],
      { largestDifference: Number.NaN, undecided: 1, otherClass: [] },
      false,
    ],
  ])('%s', (_, got, comparison, verified) => {
    expect(compareAnswers(got, want, 3)).toEqual(comparison);
    expect(isVerified(compareAnswers(got, want, 3))).toBe(verified);
  });

  test('another class, though no number differs by more than the most', () => {
    const comparison = compareAnswers([1, 1.00006], [1.00011, 1], 2);
    expect(comparison.otherClass).toEqual([0]);
    expect(isVerified({ ...comparison, largestDifference: 0 })).toBe(false);
  });

  test('one class is always the same', () => {
    expect(compareAnswers([1, 2], [1, 2], 1)).toEqual({
      largestDifference: 0,
      undecided: 0,
      otherClass: [],
    });
  });
});
