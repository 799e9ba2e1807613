import type { OpaquePixels } from '@convbook/core/pictures';

/** Whether red, green and blue are equal everywhere. */
export function isGrey({ channels, data }: OpaquePixels): boolean {
  if (channels === 1) return true;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}
