// JSON of a run directory, read strictly: no key twice, none that every object has, nothing nested
// deeply, and no more parts than memory is there for. JSON.parse makes up to 60 bytes of each part and
// keeps the last of equal keys.
import { RunDirectoryError, showValue } from '@convbook/core';

/** Objects, lists, keys and texts in a file; a run.json has a few hundred. */
const usualParts = 50_000;
const mostDepth = 32;
const longestShown = 60;

/**
 * Throws the error of a file of a run directory that cannot be used.
 *
 * @param where File, and the line in it.
 * @param problem What was expected, and what was got.
 */
export function refuseRunFile(where: string, problem: string, remedy?: string): never {
  const advice = remedy ?? 'train again, or restore the run directory from a copy';
  throw new RunDirectoryError(`${where}: ${problem}; ${advice}`);
}

/**
 * Parses the text of a file, or a line of it.
 *
 * @param wholeNumbers Whether other numbers are refused: whole ones take the least memory.
 * @param mostParts Most objects, lists, keys and texts.
 * @throws RunDirectoryError beginning with `where`.
 */
export function parseStrictJson(
  source: string,
  where: string,
  wholeNumbers = false,
  mostParts = usualParts,
): unknown {
  const plain = wholeNumbers ? undefined : parsePlainJson(source);
  if (plain !== undefined) return plain;
  checkTokens(source, where, wholeNumbers, mostParts);
  try {
    return JSON.parse(source);
  } catch {
    return refuseRunFile(where, `expected JSON, got ${showValue(source.slice(0, longestShown))}`);
  }
}

/** Longest text that may be parsed before its tokens are checked: its parts take little memory. */
const longestPlain = 4096;
const quote = '"'.charCodeAt(0);
const backslash = '\\'.charCodeAt(0);

/**
 * The value of short JSON without escapes that is strict, undefined where it may not be. A key that
 * stands twice is once in the value: then the text has more quotation marks than keys and texts need.
 */
function parsePlainJson(source: string): unknown {
  if (source.length > longestPlain) return undefined;
  let quotes = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === quote) quotes++;
    else if (code === backslash) return undefined;
  }
  try {
    const value: unknown = JSON.parse(source);
    return quotes === 2 * textsIn(value, 0) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keys and texts in a value, NaN where it is nested too deeply or has a key that every object has. */
function textsIn(value: unknown, depth: number): number {
  if (typeof value === 'string') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === mostDepth) return NaN;
  let texts = 0;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) texts += textsIn(item, depth + 1);
    return texts;
  }
  for (const key of Object.keys(value)) {
    if (key in Object.prototype) return NaN;
    texts += 1 + textsIn((value as Readonly<Record<string, unknown>>)[key], depth + 1);
  }
  return texts;
}

/** Walks over the tokens of what may be JSON without making anything of them. */
function checkTokens(
  source: string,
  where: string,
  wholeNumbers: boolean,
  mostParts: number,
): void {
  // Of each level, as far as there is one: many texts are short.
  const keys: Set<string>[] = [];
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === quote) {
      const end = endOfText(source, at);
      if (isKey(source, end)) {
        checkKey(source.slice(at, end + 1), (keys[depth] ??= new Set()), where);
      }
      at = end;
      parts++;
    } else if (isOpening(code)) {
      depth++;
      if (depth > mostDepth) {
        refuseRunFile(where, `expected JSON nested at most ${mostDepth} deep, got more`);
      }
      if (keys[depth]?.size > 0) keys[depth].clear();
      parts++;
    } else if (isClosing(code)) depth = Math.max(0, depth - 1);
    else if (wholeNumbers && isFraction(source, at)) {
      refuseRunFile(where, `expected whole numbers, got ${numberAround(source, at)}`);
    }
    if (parts > mostParts) {
      refuseRunFile(
        where,
        `expected at most ${mostParts} objects, lists, keys and texts, got more`,
      );
    }
  }
}

/** The place of the closing quotation mark, or the last there is. */
function endOfText(source: string, begin: number): number {
  let at = begin + 1;
  while (at < source.length && source.charCodeAt(at) !== quote) at += source[at] === '\\' ? 2 : 1;
  return Math.min(at, source.length - 1);
}

function isKey(source: string, end: number): boolean {
  let next = end + 1;
  while (next < source.length && ' \t\r\n'.includes(source[next])) next++;
  return source[next] === ':';
}

function checkKey(quoted: string, keys: Set<string>, where: string): void {
  const key = unquote(quoted);
  // `toString` of a text would be called where the value is shown, `__proto__` set.
  if (key in Object.prototype) {
    refuseRunFile(where, `expected no key that every object has, got ${key}`);
  }
  if (keys.has(key)) refuseRunFile(where, `expected each key once, got ${showValue(key)} twice`);
  keys.add(key);
}

function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    // No JSON: the parser will say so.
    return quoted;
  }
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}

/** A sign, a point, or the e of an exponent. */
function isFraction(source: string, at: number): boolean {
  const character = source[at];
  if (character === '.' || character === '-' || character === '+') return true;
  return (character === 'e' || character === 'E') && /\d/.test(source[at - 1] ?? '');
}

function numberAround(source: string, at: number): string {
  const before = /[\d.eE+-]*$/.exec(source.slice(Math.max(0, at - 20), at))?.[0] ?? '';
  return before + (/^[\d.eE+-]*/.exec(source.slice(at, at + 20))?.[0] ?? '');
}
