import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecord, type RunRecord } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { modelFileNote } from './model-file-note.ts';

const root = temporaryDirectory();
const run = writeSyntheticRun(join(root, 'run'));
const earlier = readRecord(run);

const [same, changed] = ['same', 'changed'].map((name) => join(root, `${name}.ts`));
writeFileSync(same, 'export default 1;\n');
writeFileSync(changed, 'export default 2;\n');
mkdirSync(join(root, 'folder.ts'));

function recordWith(relative: string, absolute: string): RunRecord {
  const source = {
    kind: 'file',
    sha256: createHash('sha256').update('export default 1;\n').digest('hex'),
    relativePath: `../${relative}.ts`,
    absolutePath: join(root, `${absolute}.ts`),
  } as const;
  return { ...earlier, model: { ...earlier.model, source } };
}

test.each([
  ['same', 'gone'],
  ['gone', 'same'],
  ['changed', 'same'],
  ['gone', 'gone'],
  ['folder', 'gone'],
])('nothing is said where the file beside the run is %s, and %s where it was', (beside, was) => {
  expect(modelFileNote(recordWith(beside, was), run)).toBeNull();
});

test.each([
  ['changed', 'gone'],
  ['gone', 'changed'],
])('the file is named that is %s beside the run, and %s where it was', (beside, was) => {
  expect(modelFileNote(recordWith(beside, was), run)).toBe(
    `${changed}: expected the SHA-256 that run.json has, got another; the layers in run.json are used`,
  );
});

test('earlier runs do not know their file', () => {
  expect(modelFileNote(earlier, run)).toBeNull();
});
