// Readers that go away before a command has said everything, as in `pnpm -s train --json | head -1`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runFiles, type RunRecord } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'convbook-pipes-'));
beforeAll(() => {
  writeSmall(folder);
  writeSyntheticRun(path.join(folder, 'run'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Stream = 'stdout' | 'stderr';

/** Runs a command one of whose streams is closed at its first byte, or before it starts; the other's text. */
async function close(stream: Stream, words: readonly string[], atOnce = false) {
  const child = spawn(process.execPath, commandWords(words[0], ...words.slice(1)), {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child[stream === 'stdout' ? 'stderr' : 'stdout'].on(
    'data',
    (part: Buffer) => (text += part.toString()),
  );
  if (atOnce) child[stream].destroy();
  else child[stream].once('data', () => child[stream].destroy());
  const [code] = (await once(child, 'close')) as [number];
  return { code, text };
}

const statusOf = (run: string) =>
  (JSON.parse(readFileSync(path.join(folder, run, runFiles.record), 'utf8')) as RunRecord).status;

describe('a reader that goes away', () => {
  it('of the events leaves the training to end', async () => {
    const words = ['train', ...smallRun, '--json', '--progress', 'none', '--out', 'events'];
    expect(await close('stdout', words)).toEqual({ code: 0, text: '' });
    expect(statusOf('events')).toBe('complete');
  });

  it('of the progress leaves the training to end', async () => {
    const { code } = await close('stderr', ['train', ...smallRun, '--out', 'progress']);
    expect(code).toBe(0);
    expect(statusOf('progress')).toBe('complete');
  });

  it.each([[['summary', 'alexnet', '--formulas']], [['report', 'run']], [['train', '--help']]])(
    'of `%j` is no error',
    async (words) => {
      const { code, text } = await close('stdout', words, true);
      expect(code).toBe(0);
      expect(text).not.toMatch(/EPIPE|error/);
    },
  );

  it('of an error leaves its exit code', async () => {
    expect(await close('stderr', ['report', 'nowhere'], true)).toEqual({ code: 2, text: '' });
  });
});

it.runIf(process.platform === 'linux')(
  'output that a full disk loses: one line and 5',
  async () => {
    const child = spawn(process.execPath, commandWords('summary', 'lenet'), {
      cwd: folder,
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    let said = '';
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, said }).toEqual({
      code: 5,
      said: 'error: stdout: cannot be written, got ENOSPC; free space, or write elsewhere\n',
    });
  },
);
