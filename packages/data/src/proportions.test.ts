import { describe, expect, test } from 'vitest';
import { proportions } from './proportions.ts';

describe('proportions', () => {
  test.each([
    { counts: [50, 50], total: 10, leavesOne: false, want: [5, 5] },
    { counts: [60, 30, 10], total: 10, leavesOne: false, want: [6, 3, 1] },
    // 3.5, 2.1 and 1.4: the one that is missing goes to the largest remainder.
    { counts: [50, 30, 20], total: 7, leavesOne: false, want: [4, 2, 1] },
    // Equal remainders: the first.
    { counts: [5, 5, 5], total: 4, leavesOne: false, want: [2, 1, 1] },
    // A rare class has one of its own, at the cost of the largest.
    { counts: [1000, 1, 1], total: 10, leavesOne: false, want: [8, 1, 1] },
    // Fewer than classes: the largest.
    { counts: [10, 40, 30], total: 2, leavesOne: false, want: [0, 1, 1] },
    { counts: [3, 0, 3], total: 2, leavesOne: false, want: [1, 0, 1] },
    { counts: [3, 2], total: 5, leavesOne: false, want: [3, 2] },
    { counts: [3, 2], total: 0, leavesOne: false, want: [0, 0] },
    // One of each class is left …
    { counts: [1, 9], total: 5, leavesOne: true, want: [0, 5] },
    { counts: [2, 8], total: 8, leavesOne: true, want: [1, 7] },
    // … unless there are too few.
    { counts: [2, 8], total: 9, leavesOne: true, want: [2, 7] },
  ])('$total of $counts, leaves one: $leavesOne', ({ counts, total, leavesOne, want }) => {
    expect(proportions(counts, total, leavesOne)).toEqual(want);
  });
});
