import { readFileSync } from 'node:fs';
import { packageFile } from '@convbook/core/node';

/** The bytes of a file in `assets/`. */
export function assetBytes(name: string): Uint8Array {
  return readFileSync(packageFile(`@convbook/lessons/assets/${name}`, import.meta.url));
}
