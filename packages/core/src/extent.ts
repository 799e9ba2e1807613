// Math.min and Math.max take every value as an argument of its own, and about 120,000 of them overflow
// the stack. These read any number of values.

/** The lowest of some values, Infinity where there are none; NaN where one of them is NaN. */
export function lowest(values: Iterable<number>): number {
  let low = Infinity;
  for (const value of values) low = Math.min(low, value);
  return low;
}

/** The highest of some values, -Infinity where there are none; NaN where one of them is NaN. */
export function highest(values: Iterable<number>): number {
  let high = -Infinity;
  for (const value of values) high = Math.max(high, value);
  return high;
}

/** The largest absolute value of some, 0 where there are none. */
export function largestSize(values: ArrayLike<number>): number {
  let largest = 0;
  // By index: an iterator takes ten times as long, which is felt while a network trains in a page.
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]));
  return largest;
}
