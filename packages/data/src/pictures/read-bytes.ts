import { closeSync, openSync, readSync } from 'node:fs';
import type { Source } from './messages.ts';

/** The bytes of a picture from `start`, at most `length`; fewer where it ends before. */
export function readBytes(source: Source, start: number, length: number): Uint8Array {
  if (typeof source !== 'string') return source.subarray(start, start + length);
  const bytes = Buffer.alloc(length);
  const file = openSync(source, 'r');
  try {
    let done = 0;
    for (let more = -1; more !== 0 && done < length; done += more) {
      more = readSync(file, bytes, done, length - done, start + done);
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(file);
  }
}
