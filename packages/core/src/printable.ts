// Values from elsewhere, made safe to show in a message.

const longestShown = 60;

// JSON does not escape these: further control characters, line ends, and marks that change the writing direction.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text from elsewhere on one line, without characters that would steer a terminal or change the writing direction. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The text with a replacement character (U+FFFD) for each such character: for names of files. */
export function maskUnprintable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}

/** A JSON value as it appears in a message: short, on one line, without control characters. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = printable(
    JSON.stringify(value, (_, part: unknown) =>
      Array.isArray(part) ? part.slice(0, longestShown) : part,
    ),
  );
  return text.length > longestShown ? `${text.slice(0, longestShown - 3)}…` : text;
}
