// Bytes that may be gigabytes, a block at a time: no second copy is made.
import type { FileHandle } from 'node:fs/promises';

/** Hashed in about 3 ms. */
export const blockBytes = 4 * 1024 * 1024;

/** The bytes of all pieces in blocks of `blockBytes`, each valid until the next is asked for. */
export function* blocksOf(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  const all = pieces.reduce((sum, { length }) => sum + length, 0);
  const block = new Uint8Array(Math.min(all, blockBytes));
  let filled = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + block.length - filled);
      block.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < block.length) continue;
      yield block;
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

/** Views of the same bytes, of `blockBytes` each. */
export function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += blockBytes) {
    yield bytes.subarray(at, at + blockBytes);
  }
}

/** Fills `bytes` from a place in a file: the system may give less than was asked for. */
export async function readAll(
  handle: FileHandle,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(bytes.length - done, blockBytes);
    const { bytesRead } = await handle.read(bytes, done, length, position + done);
    if (bytesRead === 0) throw new Error('the end of the file');
    done += bytesRead;
  }
}
