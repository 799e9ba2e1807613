// Comparing and opening as a user types them, on two small runs.
import { once } from 'node:events';
import { watch } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { runNode } from './run-node.ts';

let folder = '';

const run = (command: string, words: readonly string[], environment?: Record<string, string>) =>
  runNode(commandWords(command, ...words), folder, { environment });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-report-'));
  writeSmall(folder);
  const trained = await Promise.all(
    ['1', '2'].map((seed) => run('train', [...smallRun, '--seed', seed, '--out', `seed-${seed}`])),
  );
  for (const { code, stderr } of trained) expect(code, stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('pnpm report --compare', () => {
  it('writes one file that names what differs, and says where it is', async () => {
    const words = ['--compare', 'seed-1', 'seed-2', '--out', 'both.html'];
    const { code, stdout } = await run('report', words);
    const file = path.join(folder, 'both.html');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${pathToFileURL(file).href}\n` });
    const page = await readFile(file, 'utf8');
    expect(page).toContain('<code>configuration.seed</code>');
    expect(page).not.toContain('<code>configuration.epochs</code>');
  });

  it.each([
    [['--compare', 'seed-1'], '--compare: expected 2 to 8 runs, got 1; name that many'],
    [
      ['seed-1', '--out', 'x.html'],
      '--out: expected --compare with it, got "x.html" alone; a notebook is always in its run directory',
    ],
    [[], 'RUN: expected a run, got none; name one, or use --compare'],
  ])('%j: 2, and nothing is written', async (words, message) => {
    const { code, stdout, stderr } = await run('report', words);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}\n`,
    });
    await expect(stat(path.join(folder, 'x.html'))).rejects.toThrow('ENOENT');
  });
});

it.runIf(process.platform === 'linux')('--open starts the browser with the file', async () => {
  const opened = path.join(folder, 'opened');
  await mkdir(opened);
  const browser = path.join(folder, 'browser');
  await writeFile(
    browser,
    `#!/bin/sh\necho "$1" > '${opened}/new'\nmv '${opened}/new' '${opened}/url'\n`,
  );
  await chmod(browser, 0o755);
  const watcher = watch(opened);
  const seen = once(watcher, 'change');
  const { code, stdout } = await run('report', ['seed-1', '--open'], { BROWSER: browser });
  await seen;
  watcher.close();
  expect(code).toBe(0);
  const notebook = path.join(folder, 'seed-1/index.html');
  expect(stdout).toBe(`${pathToFileURL(notebook).href}\n`);
  // What starts browsers here hands on the URL, or the file that it names.
  await expect
    .poll(async () => {
      const url = await readFile(path.join(opened, 'url'), 'utf8').catch(() => '');
      return url.replace('file://', '');
    })
    .toBe(`${notebook}\n`);
});
