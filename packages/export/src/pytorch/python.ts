// Values as Python writes them.

/** A text as a literal. What a reader could not see, or would take for the end of the literal, is escaped. */
export function pythonText(text: string): string {
  return `"${Array.from(text, pythonCharacter).join('')}"`;
}

function pythonCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) return character;
  const point = (character.codePointAt(0) ?? 0).toString(16);
  return point.length > 4 ? `\\U${point.padStart(8, '0')}` : `\\u${point.padStart(4, '0')}`;
}

/** A number as a float, with the fewest digits that mean it. */
export function pythonFloat(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A pair as one number where both are the same. */
export function pythonPair([first, second]: readonly [number, number]): string {
  return first === second ? String(first) : `(${first}, ${second})`;
}

/** Whole numbers as a tuple. */
export function pythonTuple(values: readonly number[]): string {
  return `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;
}

/** Items as a list, in as many lines of at most 100 characters as they take. */
export function pythonList(items: readonly string[]): string {
  const line = `[${items.join(', ')}]`;
  if (line.length <= 80) return line;
  const lines = [''];
  for (const item of items) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + item.length > 90) lines.push(`${item},`);
    else lines[lines.length - 1] = last === '' ? `${item},` : `${last} ${item},`;
  }
  return `[\n${lines.map(indent).join('\n')}\n]`;
}

/** A call with each argument in a line of its own. */
export function pythonCall(name: string, argumentLines: readonly string[]): string {
  return `${name}(\n${argumentLines.map(indent).join('\n')}\n)`;
}

/** Every line of a text four columns further. */
export function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
