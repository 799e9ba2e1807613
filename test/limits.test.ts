// A system that gives few files or little memory: one line and 2, no stack.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'convbook-limits-'));
beforeAll(() => writeSmall(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command under a limit of the shell's. */
function limited(limit: string, words: readonly string[]) {
  const env = { ...process.env, INIT_CWD: folder };
  const typed = ['-c', `${limit}; exec "$0" "$@"`, process.execPath, ...words];
  return new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile('bash', typed, { env }, (error, _, stderr) =>
      resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

describe.runIf(process.platform === 'linux')('pnpm train', () => {
  const words = commandWords('train', ...smallRun, '--workers', '1', '--progress', 'none');
  it.each([
    ['24 open files', 'ulimit -n 24', /EMFILE: .*; raise the limit of open files, as with/],
    [
      '3 GB of addresses',
      'ulimit -v 3000000',
      /; free memory, raise its limit, or take fewer --wor/,
    ],
  ])('with %s: one line and 2', async (_, limit, line) => {
    const { code, stderr } = await limited(limit, [...words, '--out', 'never']);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^error: /)]);
    expect(stderr).toMatch(line);
    expect(code).toBe(2);
  });
});
