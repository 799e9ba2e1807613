/**
 * The bytes of a base64 text. For 2 MB a loop takes 4 to 13 ms instead of 140 to 220 of `Uint8Array.from`, which calls
 * a function for each byte.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let k = 0; k < bytes.length; k++) bytes[k] = characters.charCodeAt(k);
  return bytes;
}

/** Bytes as base64, in Node and in pages. */
export function toBase64(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}
