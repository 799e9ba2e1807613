// `--from` and `--freeze` as a user types them.
import { renameSync } from 'node:fs';
import path from 'node:path';
import { readRecord } from '@convbook/run';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, expect, test } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { runNode } from './run-node.ts';

const folder = temporaryDirectory();
const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);
const quick = ['--data=synthetic', '--limit=60', '--epochs=1', '--workers=0'];

beforeAll(async () => {
  const { code, stderr } = await run('train', ...quick, '--out=first run', '--progress=none');
  expect(code, stderr).toBe(0);
});

test('a run begins with another’s parameters, says so, and is verified where that is gone', async () => {
  const words = ['--from=first run', '--freeze=dense1,conv1', '--out=second'];
  const { code, stderr } = await run('train', ...quick, ...words);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain(
    '\nstarted from first run: 6 of 6 parameters taken\nfrozen: conv1, dense1\n',
  );
  const { command, start } = readRecord(path.join(folder, 'second'));
  expect(command).toMatch(/ --freeze conv1,dense1 --from 'first run'$/);
  expect(start?.source).toMatchObject({ kind: 'run', relativePath: '../first run' });
  renameSync(path.join(folder, 'first run'), path.join(folder, 'moved'));
  expect(await run('verify', 'second')).toMatchObject({ code: 0, stdout: 'equal\n' });
  renameSync(path.join(folder, 'moved'), path.join(folder, 'first run'));
});

test.each([
  [
    '--freeze conv2',
    ['--freeze=conv2'],
    'freeze: expected layers with parameters among conv1, dense1, dense2, got "conv2"',
  ],
  ['--freeze without a name', ['--freeze='], 'freeze: expected a list of names, got [""]'],
  [
    '--from with --resume',
    ['--from=first run', '--resume=first run'],
    '--from: expected none with --resume, which goes on with the run’s own parameters; leave it out',
  ],
])('%s ends with 2', async (_, words, message) => {
  const ended = await run('train', ...words);
  expect(ended).toEqual({ code: 2, stdout: '', stderr: `error: ${message}\n` });
});

test('--from something that is no run ends with 2', async () => {
  const { code, stderr } = await run('train', ...quick, '--from=none');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: --from: expected the path of a run directory .*, got "none"/);
});
