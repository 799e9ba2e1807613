// Checks for the fields of a run directory's files, as valibot schemas whose messages are phrases:
// `expected <path> to be <phrase>, got <value>`. Fields nobody asked for are allowed: a newer trainer
// may write more.
import { showValue } from '@convbook/core/checks';
import * as v from 'valibot';

/** A check of parsed JSON. */
export type Schema = v.GenericSchema;

const longestText = 10_000;

/**
 * The same checks as plain functions: several times as fast, where a log has millions of lines, but
 * they do not say what is wrong.
 */
const quickChecks = new WeakMap<Schema, (value: unknown) => boolean>();

function withQuickCheck<Checked extends Schema>(
  schema: Checked,
  check: (value: unknown) => boolean,
): Checked {
  quickChecks.set(schema, check);
  return schema;
}

function quickCheckOf(schema: Schema): (value: unknown) => boolean {
  return quickChecks.get(schema) ?? ((value) => v.is(schema, value));
}

/** A field that `holds`; `phrase` follows "expected … to be". */
function field<T>(phrase: string, holds: (value: never) => boolean): v.CustomSchema<T, string> {
  const check = (value: unknown) => holds(value as never);
  return withQuickCheck(v.custom<T, string>(check, phrase), check);
}

export const text = field<string>(
  `text of at most ${longestText} characters`,
  (value: unknown) => typeof value === 'string' && value.length <= longestText,
);
export const number = field<number>('a number', (value: unknown) => Number.isFinite(value));
export const nonNegative = field<number>(
  'a number of at least 0',
  (value: number) => Number.isFinite(value) && value >= 0,
);
export const positive = field<number>(
  'a number above 0',
  (value: number) => Number.isFinite(value) && value > 0,
);
export const count = wholeFrom(0);
export const byte = field<number>(
  'a whole number from 0 to 255',
  (value: number) => Number.isInteger(value) && value >= 0 && value <= 255,
);
export const fraction = field<number>(
  'a fraction from 0 to 1',
  (value: number) => Number.isFinite(value) && value >= 0 && value <= 1,
);
export const date = field<string>(
  'an ISO 8601 time in UTC',
  (value: unknown) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
);
export const sha256 = field<string>(
  'a SHA-256 of 64 hexadecimal digits',
  (value: unknown) => typeof value === 'string' && /^[\da-f]{64}$/.test(value),
);

export const commitId = field<string>(
  'a commit of 40 or 64 hexadecimal digits',
  (value: unknown) => typeof value === 'string' && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(value),
);

/** A whole number of at least `least`. */
export function wholeFrom(least: number): v.CustomSchema<number, string> {
  return field<number>(
    `a whole number from ${least}`,
    (value: number) => Number.isSafeInteger(value) && value >= least,
  );
}

/** One of the given values. */
export function oneOf(
  ...values: readonly (string | number | boolean)[]
): v.CustomSchema<unknown, string> {
  return field(values.map(showValue).join(' or '), (value) => values.includes(value));
}

/** A fixed count of whole numbers from `least` to `most`: checked in place, as there may be millions. */
export function wholeNumbers(
  length: number,
  least: number,
  most: number,
): v.CustomSchema<number[], string> {
  const inRange = (item: unknown) =>
    Number.isSafeInteger(item) && Number(item) >= least && Number(item) <= most;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return field<number[]>(
    `a list of ${length} whole numbers ${range}`,
    (value: unknown) => Array.isArray(value) && value.length === length && value.every(inRange),
  );
}

/** A field that may be missing. */
export function optional(schema: Schema): Schema {
  const check = quickCheckOf(schema);
  return withQuickCheck(v.optional(schema), (value) => value === undefined || check(value));
}

/** A field that may be null. */
export function nullable(schema: Schema): Schema {
  const check = quickCheckOf(schema);
  return withQuickCheck(v.nullable(schema), (value) => value === null || check(value));
}

/** A list of what the item accepts. */
export function list(item: Schema, least = 0, most = Infinity): Schema {
  const range = most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  const phrase = least === 0 && most === Infinity ? 'a list' : `a list of ${range} items`;
  const hasLength = (items: unknown[]) => items.length >= least && items.length <= most;
  const check = quickCheckOf(item);
  return withQuickCheck(
    v.pipe(v.array(item, phrase), v.check(hasLength, phrase)),
    (value) => Array.isArray(value) && hasLength(value) && value.every((one) => check(one)),
  );
}

/** An object whose every value the schema accepts. */
export function mapping(value: Schema): Schema {
  return v.pipe(notList, v.record(v.string(), value));
}

/** An object with at least these fields, and any others that `rest` accepts. */
export function object(fields: v.ObjectEntries, rest?: Schema): Schema {
  const schema = v.pipe(
    notList,
    v.objectWithRest(fields, rest ?? v.unknown(), ({ path }) => phraseOf(fields, path)),
  );
  return rest === undefined ? withQuickCheck(schema, quickObjectCheck(fields)) : schema;
}

function quickObjectCheck(fields: v.ObjectEntries): (value: unknown) => boolean {
  const checks = Object.entries(fields).map(
    ([name, schema]) => [name, quickCheckOf(schema as Schema)] as const,
  );
  return (value) =>
    isObject(value) && checks.every(([name, check]) => check((value as Fields)[name]));
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const notList = field<Record<string, unknown>>('an object', isObject);

/** The type that a missing field should have had. */
function phraseOf(fields: v.ObjectEntries, path: readonly v.IssuePathItem[] | undefined): string {
  const missing = fields[String(path?.[0]?.key)] as { message?: unknown; wrapped?: Schema };
  const { message } = (missing.wrapped ?? missing) as { message?: unknown };
  return typeof message === 'string' ? message : 'there';
}

/** The problem of a value, or null: `expected model.name to be text, got 5`. */
export function complaint(schema: Schema, value: unknown): string | null {
  if (quickChecks.get(schema)?.(value) === true) return null;
  const { issues } = v.safeParse(schema, value, { abortEarly: true });
  if (issues === undefined) return null;
  const [{ path, message, input }] = issues;
  const steps = (path ?? []).map(({ key }) => stepText(key));
  const place = steps.join('').replace(/^\./, '');
  return `expected ${place === '' ? '' : `${place} to be `}${message}, got ${showValue(input)}`;
}

function stepText(key: unknown): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^\w{1,60}$/.test(String(key)) ? `.${String(key)}` : `[${showValue(key)}]`;
}
