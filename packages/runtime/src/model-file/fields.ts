// Checks of the fields of parsed JSON: small, because pages carry them.
import { showValue } from '@convbook/core/checks';
import { ModelFileError } from '../model-file-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A test of a field, and the words of its message. */
export interface Expected<T> {
  readonly phrase: string;
  holds(value: unknown): value is T;
}

/** A field that `holds`; `phrase` follows "expected … to be". */
function expected<T>(phrase: string, holds: (value: never) => boolean): Expected<T> {
  return { phrase, holds: (value): value is T => holds(value as never) };
}

const isWhole = (value: unknown, least: number, most = Infinity) =>
  Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;

export const anObject = expected<Fields>(
  'an object',
  (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
export const aByte = expected<number>('a whole number from 0 to 255', (value) =>
  isWhole(value, 0, 255),
);
export const aSize = expected<number>('a whole number above 0', (value) => isWhole(value, 1));
export const anImageShape = expected<number[]>(
  '[channels, height, width]',
  (value: unknown) =>
    Array.isArray(value) && value.length === 3 && value.every((size) => isWhole(size, 1)),
);
export const aSha256 = expected<string>(
  'a SHA-256 of 64 hexadecimal digits',
  (value: unknown) => typeof value === 'string' && /^[\da-f]{64}$/.test(value),
);

/** A list of this many texts. */
export function texts(count: number): Expected<string[]> {
  return expected(
    `a list of ${count} texts, one for each output of the model`,
    (value: unknown) =>
      Array.isArray(value) &&
      value.length === count &&
      value.every((text) => typeof text === 'string'),
  );
}

/** A list of this many finite numbers. */
export function numbers(count: number): Expected<number[]> {
  return expected(`a list of ${count} numbers`, (value: unknown) => areNumbers(value, count));
}

/** A list of this many numbers above 0. */
export function numbersAboveZero(count: number): Expected<number[]> {
  return expected(
    `a list of ${count} numbers above 0`,
    (value: unknown) => areNumbers(value, count) && value.every((number) => number > 0),
  );
}

function areNumbers(value: unknown, count: number): value is number[] {
  return Array.isArray(value) && value.length === count && value.every(Number.isFinite);
}

/** A list of this many objects whose fields `names` are finite numbers. */
export function numbersFor<Name extends string>(
  count: number,
  names: readonly Name[],
): Expected<Record<Name, number>[]> {
  return expected(
    `a list with ${names.join(' and ')} of each of the ${count} channels`,
    (value: unknown) =>
      Array.isArray(value) &&
      value.length === count &&
      value.every(
        (item) => anObject.holds(item) && names.every((name) => Number.isFinite(item[name])),
      ),
  );
}

/** One of the given texts. */
export function oneOf<Text extends string>(...values: readonly Text[]): Expected<Text> {
  return expected(values.map(showValue).join(' or '), (value) => values.includes(value));
}

/** The value if it is what is expected; throws ModelFileError naming file and field. */
export function checked<T>(
  file: string,
  field: string,
  value: unknown,
  { phrase, holds }: Expected<T>,
): T {
  if (holds(value)) return value;
  throw new ModelFileError(
    `${file}: expected ${field} to be ${phrase}, got ${showValue(value)}; ` +
      'restore the file or export the model again',
  );
}

/** As `checked`, for a field that may be missing. */
export function checkedOptional<T>(
  file: string,
  field: string,
  value: unknown,
  what: Expected<T>,
): T | undefined {
  return value === undefined ? undefined : checked(file, field, value, what);
}
