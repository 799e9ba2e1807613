// Values from a file that was evaluated may be anything. These copy plain data out of them and refuse
// the rest, naming the place. Lists are read by index: an iterator may never end.
import { ConfigurationError } from '@convbook/core';
import { showValue } from '@convbook/core/checks';

export type Fields = Record<string, unknown>;

const mostDepth = 3;
const longestList = 1000;

/** Throws ConfigurationError: `<where>: expected <phrase>, got <value>`. */
export function wrong(where: string, phrase: string, value: unknown): never {
  const remedy = typeof value === 'function' ? '; put () after its name' : '';
  throw new ConfigurationError(`${where}: expected ${phrase}, got ${describe(value)}${remedy}`);
}

/** The own fields of a plain object. */
export function fieldsOf(value: unknown, where: string, phrase: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong(where, phrase, value);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return wrong(where, phrase, value);
  return { ...(value as Fields) };
}

/** The items of a list of at most `most`. */
export function itemsOf(
  value: unknown,
  where: string,
  phrase: string,
  most = longestList,
): unknown[] {
  if (!Array.isArray(value)) return wrong(where, phrase, value);
  if (value.length > most) return wrong(where, `${phrase}, of at most ${most} items`, value);
  return Array.from({ length: value.length }, (_, index) => value[index] as unknown);
}

/** A list of any numbers; other checks decide whether they are valid sizes. */
export function numbersOf(value: unknown, where: string, phrase: string, most: number): number[] {
  const items = itemsOf(value, where, phrase, most);
  if (items.every((item) => typeof item === 'number')) return items;
  const at = items.findIndex((item) => typeof item !== 'number');
  return wrong(`${where}[${at}]`, 'a number', items[at]);
}

/** A copy of numbers, texts, true, false, null, and lists and objects of those. */
export function copyPlain(value: unknown, where: string, depth = 0): unknown {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  const phrase = 'a number, text, true, false, null, or a list or object of those';
  if (typeof value !== 'object' || depth > mostDepth) return wrong(where, phrase, value);
  if (Array.isArray(value)) {
    return itemsOf(value, where, phrase).map((item, index) =>
      copyPlain(item, `${where}[${index}]`, depth + 1),
    );
  }
  const fields = Object.entries(fieldsOf(value, where, phrase));
  return Object.fromEntries(
    fields.map(([key, item]) => [key, copyPlain(item, `${where}.${key}`, depth + 1)]),
  );
}

/** Any value in a few words; never runs code of the value. */
function describe(value: unknown): string {
  switch (typeof value) {
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return `${value}n`;
    case 'number':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
    default:
      return showValue(value);
  }
}
