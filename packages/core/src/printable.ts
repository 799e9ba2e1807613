// Values from elsewhere, made safe to show in a message.

const longestShown = 60;

// JSON does not escape these: further control characters, line ends, and marks that change the writing direction.
// Joiners are left where they join: in emoji, and in Indic and Arabic writing.
const unprintable =
  /(?!(?<=[\p{M}\p{Script=Arabic}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text from elsewhere on one line, without characters that would steer a terminal or change the writing direction. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The text with a replacement character (U+FFFD) for each such character: for names of files. */
export function maskUnprintable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}

/** Any value as it appears in a message: short, on one line, without control characters. */
export function showValue(value: unknown): string {
  const text = printable(textOf(value));
  return text.length > longestShown ? `${text.slice(0, longestShown - 3)}…` : text;
}

function textOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  try {
    return JSON.stringify(value, shortened) ?? typeof value;
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function shortened(_: string, part: unknown): unknown {
  return Array.isArray(part) ? part.slice(0, longestShown) : part;
}
