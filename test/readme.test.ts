// The README's first program, run word for word in a folder of its own.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readRecord } from '@convbook/run';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('README', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'convbook-readme-'));
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('begins with a program that trains and writes a notebook', async () => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const program = /```ts\n([^]*?)```/.exec(readme)?.[1] ?? '';
    expect(
      program
        .trim()
        .split('\n')
        .filter((line) => line !== ''),
    ).toHaveLength(6);
    const words = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: folder });
    const [accuracy, notebook] = stdout.trim().split(' ');
    expect(Number(accuracy)).toBeGreaterThan(0.5);
    const html = await readFile(notebook, 'utf8');
    expect(html).toContain('simple-convnet');
    const { command, model, data } = readRecord(path.dirname(notebook));
    expect(command).toMatch(/^pnpm train --model simple-convnet --data mnist --epochs 1 /);
    expect([model.source, data.source]).toEqual([{ kind: 'preset' }, { kind: 'mnist' }]);
  });
});
