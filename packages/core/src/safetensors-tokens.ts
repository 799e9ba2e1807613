// Checks the tokens of a header before JSON.parse reads them: JSON.parse keeps only the last of equal
// keys, and a value nested a hundred thousand deep overflows the stack of the code that walks it.
import { brief, damaged } from './safetensors-damaged.ts';

/** The header, a tensor or the metadata, a shape. */
const mostDepth = 3;
/** Most tensors of a file: each is a name and its object, three keys, a text and two lists. */
export const mostTensors = 4000;
/** Most tokens, with room for metadata; JSON.parse takes up to 200 bytes for each. */
const mostParts = 8 * mostTensors + 768;

/** Throws RunDirectoryError for repeated keys, `__proto__` and deep nesting, in text that may not be JSON. */
export function checkHeaderTokens(text: string, where: string): void {
  const keys = Array.from({ length: mostDepth + 1 }, () => new Set<string>());
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
      case '[':
        depth++;
        parts++;
        if (depth > mostDepth) {
          throw damaged(where, `expected a header nested at most ${mostDepth} deep`, 'more');
        }
        if (keys[depth].size > 0) keys[depth].clear();
        break;
      case '}':
      case ']':
        depth = Math.max(0, depth - 1);
        break;
      case '"': {
        const end = endOfString(text, at);
        if (isKey(text, end)) addKey(text.slice(at, end + 1), keys[depth], where);
        at = end;
        parts++;
      }
    }
    if (parts > mostParts) {
      throw damaged(where, `expected a header of at most ${mostTensors} tensors`, 'more');
    }
  }
}

/** The place of the closing quotation mark, or the last there is. */
function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length - 1);
}

function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (next < text.length && ' \t\r\n'.includes(text[next])) next++;
  return text[next] === ':';
}

function addKey(quoted: string, keys: Set<string>, where: string): void {
  const key = unquote(quoted);
  if (key === '__proto__') throw damaged(where, 'expected no key __proto__ in the header', 'one');
  if (keys.has(key)) {
    throw damaged(where, 'expected each key of the header once', `${brief(key)} twice`);
  }
  keys.add(key);
}

function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    // Not JSON: the parser will say so.
    return quoted;
  }
}
