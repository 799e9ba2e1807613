import { readFileSync } from 'node:fs';
import { packageFile } from '@convbook/core/node';

/** Text of a script of `assets/`, which adds to a page that is whole without it. */
export function readScript(
  name: 'cell-images.js' | 'compare-runs.js' | 'notebook.js' | 'growing.js' | 'runs.js',
): string {
  return readFileSync(packageFile(`@convbook/report/assets/${name}`, import.meta.url), 'utf8');
}
