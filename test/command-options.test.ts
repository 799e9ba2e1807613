// Optimizers, schedules and losses as a user types them.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { writeSmall } from './harness/faults/small.ts';
import { runNode } from './run-node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-options-'));
  writeSmall(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const small = ['--model=small.mjs', '--data=blobs'];
const train = (...words: string[]) => runNode(commandWords('train', ...small, ...words), folder);

describe('pnpm train', () => {
  it.each([
    ['--patience 3', 'patience'],
    ['--schedule plateau', 'schedule plateau'],
    ['--schedule warm-up:then=plateau', 'schedule plateau'],
  ])('%s without --validation: 2, and nothing is written', async (typed, what) => {
    const { code, stderr } = await train(...typed.split(' '), '--limit', '200', '--out', 'never');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: ${what}: expected held-out samples to watch, got validation 0; give --validation N\n`,
    });
    await expect(readFile(path.join(folder, 'never/run.json'))).rejects.toThrow('ENOENT');
  });

  it('--momentum for adamw: 2', async () => {
    const { code, stderr } = await train('--momentum', '0.9', '--limit', '200', '--out', 'never');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: momentum: expected --optimizer momentum or nesterov or lars, got adamw; choose one of these, or leave the option out\n',
    });
  });

  it('takes every option, and run.json repeats them', async () => {
    const options =
      '--optimizer nesterov --learning-rate 0.05 --momentum 0.8 --weight-decay 0.001 ' +
      '--schedule warm-up:epochs=0.5,then=plateau --loss softmax-cross-entropy:labelSmoothing=0.1 ' +
      '--l1-penalty 0.0001 --l2-penalty 0.001 --clip-norm 1';
    const rest = '--limit 200 --validation 50 --epochs 1 --patience 1 --progress none --out run';
    const { code, stderr } = await train(...options.split(' '), ...rest.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const record = JSON.parse(await readFile(path.join(folder, 'run/run.json'), 'utf8')) as {
      command: string;
    };
    expect(record.command).toContain(options);
    expect(record.command).toContain('--validation 50 --patience 1');
  });
});
