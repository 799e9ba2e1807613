// A system that gives few files or little memory: one line and 2, no stack.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLimited } from './harness/faults/process.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'convbook-limits-'));
beforeAll(() => writeSmall(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux')('pnpm train', () => {
  const words = ['train', ...smallRun, '--workers', '1', '--progress', 'none'];
  const system = 'export CONVBOOK_NODE=system';
  it.each([
    ['24 open files', `${system}; ulimit -n 24`, /EMFILE: .*; raise the limit of open files, as/],
    ['24 under the newer Node', 'ulimit -n 24', /EMFILE.*; raise the limit of open files, as with/],
    [
      // The newer Node does not reach this limit.
      '3 GB of addresses',
      `${system}; ulimit -v 3000000`,
      /; free memory, raise its limit, or take fewer --wor/,
    ],
  ])('with %s: one line and 2', async (_, limit, line) => {
    const { status, stderr } = await runLimited(folder, [...words, '--out', 'never'], limit);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^error: /)]);
    expect(stderr).toMatch(line);
    expect(status).toBe(2);
  });
});
