// The tokens of what may be JSON, walked over before JSON.parse makes anything of them: it keeps the last
// of equal keys, makes up to 200 bytes of each part, and whoever looks at a value nested a hundred
// thousand deep runs out of stack.

/** Limits that a strict reading of JSON holds a text to. */
export interface JsonRules {
  /** Most objects and lists around a value. */
  mostDepth: number;
  /** Most objects, lists, keys and texts. */
  mostParts: number;
  /** Whether an object may have this key. */
  allowsKey: (key: string) => boolean;
  /** Whether other numbers are refused; false by default. */
  wholeNumbers?: boolean;
}

/** A broken rule; `number` is as it stands in the text. */
export type JsonProblem =
  | { kind: 'depth' | 'parts' }
  | { kind: 'forbidden key' | 'repeated key'; key: string }
  | { kind: 'fraction'; number: string };

const quote = '"'.charCodeAt(0);

/** The first place where the text breaks a rule, null where it breaks none; it may be no JSON. */
export function findJsonProblem(text: string, rules: JsonRules): JsonProblem | null {
  const { mostDepth, mostParts, wholeNumbers = false } = rules;
  const keys: Set<string>[] = []; // one for each level that occurs: many texts are short
  let [depth, parts] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfText(text, at);
      if (isKey(text, end)) {
        const key = unquote(text.slice(at, end + 1));
        const problem = keyProblem(key, (keys[depth] ??= new Set()), rules);
        if (problem !== null) return problem;
      }
      at = end;
      parts++;
    } else if (isOpening(code)) {
      depth++;
      parts++;
      if (depth > mostDepth) return { kind: 'depth' };
      if (keys[depth]?.size > 0) keys[depth].clear();
    } else if (isClosing(code)) depth = Math.max(0, depth - 1);
    else if (wholeNumbers && isFraction(text, at)) {
      return { kind: 'fraction', number: numberAround(text, at) };
    }
    if (parts > mostParts) return { kind: 'parts' };
  }
  return null;
}

/** The problem of a key beside the earlier keys of its object, to which it is added. */
function keyProblem(key: string, others: Set<string>, rules: JsonRules): JsonProblem | null {
  if (!rules.allowsKey(key)) return { kind: 'forbidden key', key };
  if (others.has(key)) return { kind: 'repeated key', key };
  others.add(key);
  return null;
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}

/** The place of the closing quotation mark, or the last there is. */
function endOfText(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length - 1);
}

function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (next < text.length && ' \t\r\n'.includes(text[next])) next++;
  return text[next] === ':';
}

function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted; // no JSON: the parser will say so
  }
}

/** A sign, a point, or the e of an exponent. */
function isFraction(text: string, at: number): boolean {
  const character = text[at];
  if (character === '.' || character === '-' || character === '+') return true;
  return (character === 'e' || character === 'E') && /\d/.test(text[at - 1] ?? '');
}

function numberAround(text: string, at: number): string {
  const before = /[\d.eE+-]*$/.exec(text.slice(Math.max(0, at - 20), at))?.[0] ?? '';
  return before + (/^[\d.eE+-]*/.exec(text.slice(at, at + 20))?.[0] ?? '');
}
