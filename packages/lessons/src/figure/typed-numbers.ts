import { within } from './within.ts';

/** The largest number that a grid takes: its products still fit their places. */
const largestTyped = 99;

/** Numbers typed into a grid; too large ones become the largest. */
export function typedNumbers(values: readonly number[]): number[] {
  return values.map((value) => within(value, -largestTyped, largestTyped));
}
