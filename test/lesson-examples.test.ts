// The programs that lessons show print what they say.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { lessons } from '@convbook/lessons';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

test.each(lessons.map(({ example }) => example))('%s', async (example) => {
  const file = path.join(root, 'packages/lessons/src/assets', example);
  const words = ['--import', 'tsx', file];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root });
  const [, comment = ''] = readFileSync(file, 'utf8').split('// Prints:\n');
  const promised = comment.replaceAll(/^\/\/ {3}/gm, '');
  expect(promised).not.toBe('');
  expect(stdout).toBe(promised);
});
