// Bytes as text of a UTF-8 page, seven bits a character, as base122 has them (github.com/kevinAlbs/Base122): eight
// bytes take a little more than nine, where base64 takes nearly eleven. A character that HTML changes or that
// ends an element joins the seven bits after it in a character of two bytes, which holds fourteen bits as well.

/** NUL and CR, which a parser replaces; what is markup; what a terminal obeys. */
const escaped = [0x00, 0x0d, 0x1a, 0x1b, 0x26, 0x3c, 0x3e, 0x7f];

/** The first character of two bytes that stands for an escaped one. */
const firstPair = 0x100;

/** The UTF-8 text that says these bytes. */
export function toSevenBits(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(Math.ceil((bytes.length * 8) / 7) + 1);
  let length = 0;
  let bit = 0;
  const end = bytes.length * 8;
  const next = () => {
    const at = bit >> 3;
    const pair = (bytes[at] << 8) | (bytes[at + 1] ?? 0);
    const seven = (pair >> (9 - (bit & 7))) & 127;
    bit += 7;
    return bit - 7 < end ? seven : 0;
  };
  while (bit < end) {
    const seven = next();
    const place = escaped.indexOf(seven);
    if (place < 0) text[length++] = seven;
    else {
      const code = firstPair + place * 128 + next();
      text[length++] = 0xc0 | (code >> 6);
      text[length++] = 0x80 | (code & 63);
    }
  }
  return text.subarray(0, length);
}

/**
 * So many bytes from a text of `toSevenBits`.
 *
 * @throws RangeError when the text ends before.
 */
export function fromSevenBits(text: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  let window = 0;
  let bits = 0;
  const add = (seven: number) => {
    window = ((window << 7) | seven) & 0x7fff;
    bits += 7;
    if (bits < 8) return;
    bits -= 8;
    bytes[filled++] = window >> bits;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= firstPair) add(escaped[(code - firstPair) >> 7]);
    add(code & 127);
  }
  if (filled >= length) return bytes;
  throw new RangeError(
    `the page: expected ${length} bytes of data, got ${filled}; save or download it again`,
  );
}
