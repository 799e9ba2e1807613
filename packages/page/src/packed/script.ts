// In the published package: scripts of pages as they were bundled with it.
import { readFile } from 'node:fs/promises';
import type * as inWorkspace from '../script.ts';

export const bundleScript: typeof inWorkspace.bundleScript = ({ href }) =>
  readFile(new URL(href.replace(/\.[jt]s$/, '.bundle.js')), 'utf8');
