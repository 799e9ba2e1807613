import { readFileSync } from 'node:fs';
import { packageFile } from '@convbook/core/node';

/** Runs that `scripts/lessons/lenet-and-alexnet.ts` repeats, as JSON. */
export function switchRunsFile(): Uint8Array {
  return readFileSync(
    packageFile('@convbook/lessons/assets/lenet-and-alexnet.json', import.meta.url),
  );
}
