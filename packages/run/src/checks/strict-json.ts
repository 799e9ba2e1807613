// JSON of a run directory, read strictly: no key twice, none that every object has, nothing nested
// deeply, and no more parts than memory is there for. JSON.parse makes up to 60 bytes of each part and
// keeps the last of equal keys.
import { findJsonProblem, showValue, type JsonProblem } from '@convbook/core/checks';
import { refuseRunFile } from './refuse.ts';

/** Objects, lists, keys and texts in a file; a run.json has a few hundred. */
const usualParts = 50_000;
const mostDepth = 32;
const longestShown = 60;

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
  const rules = { mostDepth, mostParts, allowsKey, wholeNumbers };
  const problem = findJsonProblem(source, rules);
  if (problem !== null) refuseRunFile(where, sayProblem(problem, mostParts));
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
    if (!allowsKey(key)) return NaN;
    texts += 1 + textsIn((value as Readonly<Record<string, unknown>>)[key], depth + 1);
  }
  return texts;
}

/** `toString` of a text would be called where the value is shown, `__proto__` set. */
function allowsKey(key: string): boolean {
  return !(key in Object.prototype);
}

function sayProblem(problem: JsonProblem, mostParts: number): string {
  switch (problem.kind) {
    case 'depth':
      return `expected JSON nested at most ${mostDepth} deep, got more`;
    case 'parts':
      return `expected at most ${mostParts} objects, lists, keys and texts, got more`;
    case 'forbidden key':
      return `expected no key that every object has, got ${problem.key}`;
    case 'repeated key':
      return `expected each key once, got ${showValue(problem.key)} twice`;
    case 'fraction':
      return `expected whole numbers, got ${problem.number}`;
  }
}
