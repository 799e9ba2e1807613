// photo-net with its defaults on letters of this machine's fonts, and a linear model beside it: some
// minutes, so `pnpm test:long` alone.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandWords } from './harness/command-words.ts';

const root = path.join(import.meta.dirname, '..');
const minutes = 60_000;
const linearModel = `--model=${path.join(root, 'test/harness/glyphs/linear.ts')}`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-glyphs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeGlyphs(name: string, ...words: string[]): void {
  const script = path.join(root, 'scripts/glyphs.ts');
  execFileSync(process.execPath, ['--import', 'tsx', script, path.join(folder, name), ...words], {
    cwd: root,
  });
}

function accuracyOn(data: string, ...words: string[]): number {
  const out = path.join(folder, `run-${data}-${words.length}`);
  const from = [`--data=${path.join(folder, data)}`, `--out=${out}`, '--progress=none'];
  execFileSync(process.execPath, commandWords('train', ...from, ...words), { cwd: root });
  const record = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')) as {
    result: { testAccuracy: number };
  };
  return record.result.testAccuracy;
}

describe.runIf(process.env.CONVBOOK_LONG === '1')('letters A to J in 200 fonts', () => {
  test(
    'coloured, turned and scaled, in fonts that did not train: 90%, a linear model 20 points below',
    () => {
      writeGlyphs('coloured', '--colored', '--variants=5');
      const accuracy = accuracyOn('coloured');
      const linear = accuracyOn('coloured', linearModel);
      expect(accuracy).toBeGreaterThanOrEqual(0.9);
      expect(linear).toBeLessThanOrEqual(accuracy - 0.2);
    },
    60 * minutes,
  );

  test(
    'black on white: 95%',
    () => {
      writeGlyphs('plain');
      expect(accuracyOn('plain')).toBeGreaterThanOrEqual(0.95);
    },
    30 * minutes,
  );
});
