// Text in columns of a terminal: Hangul and emoji are two columns wide, marks of a letter none.
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text, with its middle left out where it is wider than `width` columns: names differ at their ends. */
export function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const head = take(parts, Math.ceil((width - 1) / 2));
  const tail = take(parts.reverse(), Math.floor((width - 1) / 2)).reverse();
  return `${head.join('')}…${tail.join('')}`;
}

/** The first graphemes that fill at most `width` columns. */
function take(parts: readonly string[], width: number): string[] {
  let left = width;
  const end = parts.findIndex((part) => (left -= stringWidth(part)) < 0);
  return end < 0 ? [...parts] : parts.slice(0, end);
}

/** The text, shortened or followed by spaces, to fill `width` columns. */
export function fill(text: string, width: number): string {
  const short = shorten(text, width);
  return short + ' '.repeat(width - stringWidth(short));
}
