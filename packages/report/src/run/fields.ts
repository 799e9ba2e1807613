// Checks of parsed JSON. A check returns its complaint, `<path>: expected …, got …`, or null. Fields
// nobody asked for are allowed: a newer trainer may write more.

import { show } from './refuse.ts';

/** Complains about a value at a path, or returns null. */
export type Check = (value: unknown, path: string) => string | null;

function kind(expected: string, holds: (value: unknown) => boolean): Check {
  return (value, path) =>
    holds(value)
      ? null
      : `expected ${path === '' ? '' : `${path} to be `}${expected}, got ${show(value)}`;
}

export const text = kind('text', (value) => typeof value === 'string');
export const number = kind('a number', (value) => Number.isFinite(value));
export const count = kind(
  'a whole number from 0',
  (value) => Number.isInteger(value) && Number(value) >= 0,
);
export const fraction = kind(
  'a fraction from 0 to 1',
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
);
export const date = kind(
  'an ISO 8601 time',
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

/** One of the given values. */
export function oneOf(...values: readonly (string | number | null)[]): Check {
  return kind(values.map(show).join(' or '), (value) => values.includes(value as string));
}

/** Null, or what the check accepts. */
export function nullable(check: Check): Check {
  return (value, path) => (value === null ? null : check(value, path));
}

/** Missing, or what the check accepts. */
export function optional(check: Check): Check {
  return (value, path) => (value === undefined ? null : check(value, path));
}

/** An array of values the check accepts. */
export function list(check: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? first(value.map((item, index) => () => check(item, `${path}[${index}]`)))
      : kind('a list', () => false)(value, path);
}

/** An object whose every value the check accepts. */
export function mapping(check: Check): Check {
  return (value, path) =>
    isObject(value)
      ? first(
          Object.entries(value).map(
            ([key, item]) =>
              () =>
                check(item, join(path, key)),
          ),
        )
      : kind('an object', () => false)(value, path);
}

/** An object with at least these fields. */
export function object(fields: Record<string, Check>): Check {
  return (value, path) =>
    isObject(value)
      ? first(
          Object.entries(fields).map(
            ([key, check]) =>
              () =>
                check(value[key], join(path, key)),
          ),
        )
      : kind('an object', () => false)(value, path);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function first(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const complaint = check();
    if (complaint !== null) return complaint;
  }
  return null;
}
