// Other versions of Node, where test/nodes has them installed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';

const folder = join(import.meta.dirname, '..', '..', 'nodes', 'node_modules');

/** The program of a version: 22, 24 or 26. */
export function nodeOf(version: number): string {
  return join(folder, `node-${version}`, 'bin', 'node');
}

const isMissing = ![22, 24, 26].map(nodeOf).every(existsSync);

/** A group of tests that need other Nodes, left out with the reason in its name where they are missing. */
export function describeInOtherNodes(name: string, tests: () => void): void {
  const reason = isMissing ? ' (skipped: test/nodes is not installed)' : '';
  describe.skipIf(isMissing)(`${name}${reason}`, tests);
}
