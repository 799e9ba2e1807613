// The kinds of values a setting may have. A value has three forms: as a user gives it, as resolved with
// every default, and as run.json has it.
import { checkNumber, showValue, type Expected } from '@convbook/core/checks';
import { ConfigurationError } from '@convbook/core';
import * as v from 'valibot';
import { list, nonNegative, text, wholeFrom, type Schema } from '../checks/fields.ts';
import type { NamedKind } from './named.ts';

/** In which way a command reads a value and a notebook writes it. */
export type ValueKind =
  | 'whole'
  | 'real'
  | 'switch'
  | 'word'
  | 'words'
  | 'optimizer'
  | 'schedule'
  | 'loss'
  | 'augmentation';

export interface SettingType<Given, Value, Recorded = Value> {
  readonly kind: ValueKind;
  /** The values there are, by name, where a value is a name with settings of its own. */
  readonly kinds?: Readonly<Record<string, NamedKind>>;
  /** The check of the value in run.json: every reader needs it, and training needs more. */
  readonly recorded: Schema;
  /**
   * Checks a value and fills in what was left out.
   *
   * @param where The name of the setting, with which messages begin.
   * @param most Largest number, where data decide it.
   * @throws ConfigurationError when the value does not fit.
   */
  resolve(where: string, given: Given, most?: number): Value;
  /**
   * The text that a command takes for a resolved value.
   *
   * @param parts Settings of the value that have an option of their own: they are left out.
   */
  format(value: Value, parts?: readonly string[]): string;
  toRecorded(value: Value): Recorded;
  /** As a user would give it; not checked yet. */
  fromRecorded(recorded: Recorded): unknown;
}

const same = {
  format: (value: number | string) => String(value),
  toRecorded: <T>(value: T) => value,
  fromRecorded: <T>(value: T) => value,
};

/** Steps, samples and epochs are counted in 32 bits. */
export const mostCounted = 0x7fffffff;

/** A whole number from `least` to `greatest`. */
export function wholeNumber(least: number, greatest = mostCounted): SettingType<number, number> {
  return {
    ...same,
    kind: 'whole',
    recorded: wholeFrom(Math.min(least, 1)),
    resolve: (where, given, most = greatest) => checkWhole(where, given, least, most),
  };
}

/** A number that `expected` accepts; none of them may be negative. */
export function realNumber(expected: Expected): SettingType<number, number> {
  return {
    ...same,
    kind: 'real',
    recorded: nonNegative,
    resolve: (where, given) => checkNumber(where, given, expected),
  };
}

/** A name that is kept as it is. */
export const word: SettingType<string, string> = {
  ...same,
  kind: 'word',
  recorded: text,
  resolve(where, given) {
    if (typeof given === 'string') return given;
    throw new ConfigurationError(`${where}: expected a name, got ${showValue(given)}`);
  },
};

/** Names in any order, each once; in a command with commas between them. */
export const words: SettingType<readonly string[], readonly string[]> = {
  kind: 'words',
  recorded: list(text, 1),
  resolve(where, given) {
    const isName = (value: unknown): value is string =>
      typeof value === 'string' && /^[^\s,]+$/.test(value);
    // A program in JavaScript may give anything.
    const values: unknown = given;
    if (Array.isArray(values) && values.length > 0 && values.every(isName)) {
      return [...new Set(values)].sort();
    }
    throw new ConfigurationError(`${where}: expected a list of names, got ${showValue(given)}`);
  },
  format: (value) => value.join(','),
  toRecorded: (value) => value,
  fromRecorded: (recorded) => recorded,
};

/** On or off; the option of a command has no value. */
export const onOrOff: SettingType<boolean, boolean> = {
  kind: 'switch',
  recorded: v.boolean('true or false'),
  resolve(where, given) {
    if (typeof given === 'boolean') return given;
    throw new ConfigurationError(`${where}: expected true or false, got ${showValue(given)}`);
  },
  format: (value) => (value ? 'on' : 'off'),
  toRecorded: (value) => value,
  fromRecorded: (recorded) => recorded,
};

/** One of these names. */
export function oneOfWords<Name extends string>(...names: Name[]): SettingType<Name, Name> {
  const expected = names.join(' or ');
  return {
    kind: 'word',
    recorded: v.picklist(names, names.map((name) => showValue(name)).join(' or ')),
    resolve(where, given) {
      if (names.includes(given)) return given;
      throw new ConfigurationError(`${where}: expected ${expected}, got ${showValue(given)}`);
    },
    format: (value) => value,
    toRecorded: (value) => value,
    fromRecorded: (recorded) => recorded,
  };
}

/** A value, or null for none. */
export function orNull<Given, Value, Recorded>(
  type: SettingType<Given, Value, Recorded>,
): SettingType<Given | null, Value | null, Recorded | null> {
  return {
    ...type,
    recorded: v.nullable(type.recorded),
    resolve: (where, given, most) => (given === null ? null : type.resolve(where, given, most)),
    format: (value, parts) => (value === null ? 'none' : type.format(value, parts)),
    toRecorded: (value) => (value === null ? null : type.toRecorded(value)),
    fromRecorded: (recorded) => (recorded === null ? null : type.fromRecorded(recorded)),
  };
}

function checkWhole(where: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range = most < mostCounted ? `from ${least} to ${most}` : openRange(value, least, most);
  throw new ConfigurationError(`${where}: expected an integer ${range}, got ${String(value)}`);
}

/** Says the end of a long range that the value is beyond. */
function openRange(value: number, least: number, most: number): string {
  const isLarger = value > most && most < Number.MAX_SAFE_INTEGER;
  return isLarger ? `of at most ${most}` : `of at least ${least}`;
}
