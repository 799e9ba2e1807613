// Numbers of four bytes compress badly as they lie: exponents repeat, the rest is noise. Sorted by their place
// in the number, the bytes of the exponents stand together.

/** The first byte of every four, then the second of every four, and so on. */
export function toPlanes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sorted = new Uint8Array(bytes.length);
  let at = 0;
  for (let place = 0; place < 4; place++) {
    for (let from = place; from < bytes.length; from += 4) sorted[at++] = bytes[from];
  }
  return sorted;
}

/** The bytes that `toPlanes` sorted. */
export function fromPlanes(sorted: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sorted.length);
  let at = 0;
  for (let place = 0; place < 4; place++) {
    for (let to = place; to < bytes.length; to += 4) bytes[to] = sorted[at++];
  }
  return bytes;
}
