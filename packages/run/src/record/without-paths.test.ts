import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryDirectory } from '../testing/folders.ts';
import { readRecord } from './read-record.ts';
import { withoutPaths } from './without-paths.ts';

const earlier = readRecord(writeSyntheticRun(join(temporaryDirectory(), 'run')));

test('a record of an earlier run has no paths', () => {
  expect(withoutPaths(earlier)).toEqual(earlier);
});

const sha256 = '0'.repeat(64);

test.each([
  ['./models/c27.ts', '/disk/kim/models/c27.ts', './models/c27.ts'],
  ['/disk/kim/models/c27.ts', '/disk/kim/models/c27.ts', 'c27.ts'],
  [`'/disk/kim/my model.ts'`, '/disk/kim/my model.ts', `'my model.ts'`],
  [`'/disk/kim/$&.ts'`, '/disk/kim/$&.ts', `'$&.ts'`],
])('--model %s of %s is shown as %s', (typed, absolutePath, shown) => {
  const source = { kind: 'file', sha256, relativePath: '../x.ts', absolutePath } as const;
  const record = { ...earlier, command: `pnpm train --model ${typed} --data mnist --seed 1` };
  const { command, model } = withoutPaths({ ...record, model: { ...record.model, source } });
  expect(command).toBe(`pnpm train --model ${shown} --data mnist --seed 1`);
  expect(model.source).toEqual({ kind: 'file', sha256 });
});

test.each([
  ['digits', '/disk/kim/digits', 'digits'],
  ['/disk/kim/mnist', '/disk/kim/mnist', './mnist'],
  ['/disk/kim/-x', '/disk/kim/-x', './-x'],
  [`'/disk/kim/숫자'`, '/disk/kim/숫자', `'숫자'`],
])('--data %s of %s is shown as %s', (typed, absolutePath, shown) => {
  const source = { kind: 'folder', relativePath: '../x', absolutePath } as const;
  const record = { ...earlier, command: `pnpm train --model lenet --data ${typed} --seed 1` };
  const { command, data } = withoutPaths({ ...record, data: { ...record.data, source } });
  expect(command).toBe(`pnpm train --model lenet --data ${shown} --seed 1`);
  expect(data.source).toEqual({ kind: 'folder' });
});
