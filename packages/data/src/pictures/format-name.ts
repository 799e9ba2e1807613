// Names of picture formats by the first bytes of a file, whatever its name ends with.
import { closeSync, openSync, readSync } from 'node:fs';

/** Enough to tell AVIF's brand. */
const headBytes = 32;

/** Tried in this order, on the first bytes as Latin-1. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^\x89PNG/, 'PNG'],
  [/^\xff\xd8\xff/, 'JPEG'],
  [/^[^]{8}WEBP/, 'WebP'],
  [/^GIF8/, 'GIF'],
  [/^[^]{4}ftyp[^]*avi[fs]/, 'AVIF'],
  [/^(II\*\0|MM\0\*)/, 'TIFF'],
  [/^BM/, 'BMP'],
];

/** The format of a picture file; `other` where its first bytes are of none. */
export function formatName(path: string): string {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    const text = head.subarray(0, readSync(file, head)).toString('latin1');
    return names.find(([start]) => start.test(text))?.[1] ?? 'other';
  } finally {
    closeSync(file);
  }
}
