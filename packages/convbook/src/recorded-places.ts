import { resolve } from 'node:path';
import type { RecordedPath } from '@convbook/run';

/** Where a recorded file or folder may lie: where it lies from the run directory, and where it was. */
export function recordedPlaces(path: RecordedPath, directory: string): string[] {
  const { relativePath, absolutePath } = path;
  const places = [
    relativePath === undefined ? [] : resolve(directory, relativePath),
    absolutePath ?? [],
  ];
  return [...new Set(places.flat())];
}
