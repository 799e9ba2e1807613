import { readFileSync } from 'node:fs';

/** Text of a script of `assets/`, which adds to a page that is whole without it. */
export function readScript(
  name: 'cell-images.js' | 'notebook.js' | 'growing.js' | 'runs.js',
): string {
  return readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');
}
