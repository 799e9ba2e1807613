import type { SharedBytes } from './dataset.ts';

/** So many zeros in memory that all workers see. */
export function sharedBytes(length: number): SharedBytes {
  return new Uint8Array(new SharedArrayBuffer(length));
}
