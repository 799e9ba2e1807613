// The numbers that settings accept.
import { ConfigurationError } from './errors.ts';
import { showValue } from './printable.ts';

/** Which values a setting accepts, and how a message says so. */
export interface Expected {
  readonly text: string;
  accepts(value: number): boolean;
  /** The largest number that makes sense, and without its sign the lowest; absent: any. */
  readonly most?: number;
}

/** Any finite number. */
export const anyNumber: Expected = {
  text: 'a finite number',
  accepts: (value) => Number.isFinite(value),
};

/** A finite number of at least 0. */
export const atLeastZero: Expected = {
  text: 'a number of at least 0',
  accepts: (value) => Number.isFinite(value) && value >= 0,
};

/** A finite number above 0. */
export const aboveZero: Expected = {
  text: 'a number above 0',
  accepts: (value) => Number.isFinite(value) && value > 0,
};

/** A number from 0 to below 1. */
export const belowOne: Expected = {
  text: 'a number from 0 to below 1',
  accepts: (value) => value >= 0 && value < 1,
};

/** A number from 0 to 1. */
export const upToOne: Expected = {
  text: 'a number from 0 to 1',
  accepts: (value) => value >= 0 && value <= 1,
};

/** A whole number above 0. */
export const wholeAboveZero: Expected = {
  text: 'a whole number above 0',
  accepts: (value) => Number.isSafeInteger(value) && value > 0,
};

/** A whole number of at least 0. */
export const wholeAtLeastZero: Expected = {
  text: 'a whole number of at least 0',
  accepts: (value) => Number.isSafeInteger(value) && value >= 0,
};

/** The same, but from `-most` to `most`. */
export function atMost(most: number, expected: Expected): Expected {
  return { ...expected, most };
}

/**
 * The number, if it is what is expected.
 *
 * @throws ConfigurationError when the value is not what is expected.
 */
export function checkNumber(where: string, value: unknown, expected: Expected): number {
  const { text, accepts, most = Infinity } = expected;
  const isGood = typeof value === 'number' && accepts(value);
  if (isGood && Math.abs(value) <= most) return value;
  const limit = typeof value === 'number' && value < 0 ? `at least ${-most}` : `at most ${most}`;
  throw new ConfigurationError(
    `${where}: expected ${isGood ? `a number of ${limit}` : text}, got ${showValue(value)}`,
  );
}
