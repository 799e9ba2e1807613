import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** SHA-256 of a file in hexadecimal; null where there is no regular file that can be read whole. */
export function fileHash(file: string): string | null {
  try {
    return statSync(file).isFile()
      ? createHash('sha256').update(readFileSync(file)).digest('hex')
      : null;
  } catch {
    return null;
  }
}
