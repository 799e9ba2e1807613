/**
 * A 32-bit hash of bytes, word by word as FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) does with bytes. Equal
 * bytes have equal hashes; the reverse is for the caller to see.
 */
export function imageHash(image: Uint8Array): number {
  const bytes = new DataView(image.buffer, image.byteOffset, image.length);
  const lastWord = image.length - 4;
  let hash = 0x811c9dc5 | 0;
  let at = 0;
  for (; at <= lastWord; at += 4) {
    hash = Math.imul(hash ^ bytes.getInt32(at, true), 0x01000193);
    // A product carries upwards only: without this, high bits of a word never reach low ones.
    hash ^= hash >>> 15;
  }
  for (; at < image.length; at++) hash = Math.imul(hash ^ image[at], 0x01000193);
  return hash;
}
