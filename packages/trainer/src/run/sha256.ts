import { createHash } from 'node:crypto';
import { createGiveWay } from '../engine/give-way.ts';

/** SHA-256 of blocks one after the other, in hexadecimal; yields to the event loop between them. */
export async function sha256Of(
  blocks: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>,
): Promise<string> {
  const giveWay = createGiveWay();
  const hash = createHash('sha256');
  for await (const block of blocks) {
    hash.update(block);
    await giveWay();
  }
  return hash.digest('hex');
}
