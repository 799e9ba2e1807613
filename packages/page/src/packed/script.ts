// In the published package: scripts of pages as they were bundled with it.
import { readFile } from 'node:fs/promises';

/** The script of a page, by its entry: `page.bundle.js` for `page.js`. */
export function bundleScript({ href }: URL): Promise<string> {
  return readFile(new URL(href.replace(/\.[jt]s$/, '.bundle.js')), 'utf8');
}
