// A short `pnpm test:fuzz`, always the same inputs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runFuzzJob } from './harness/fuzz/process.ts';
import { targets } from './harness/fuzz/targets.ts';

const root = path.join(import.meta.dirname, '..');

it('3000 damaged and hostile inputs: each reader refuses or reads them', () => {
  const words = ['--import', 'tsx', 'scripts/fuzz.ts', '--runs', '3000', '--seed', '1'];
  const lines = execFileSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
    .trimEnd()
    .split('\n');
  expect(lines[0]).toBe('seed 1');
  const readers = lines.slice(1, -1).map((line) => line.slice('passed  '.length, 44).trim());
  expect(readers.sort()).toEqual(targets.map(({ name }) => name).sort());
  const [, passed] = /^(\d+) passed, 0 failed$/.exec(lines.at(-1) ?? '') ?? [];
  expect(Number(passed)).toBeGreaterThanOrEqual(3000);
});

it('a reader that ends its process is a failure', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-fuzz-'));
  const report = await runFuzzJob({ target: 'no such reader', runs: 1, seed: 1, folder });
  rmSync(folder, { recursive: true });
  expect(report).toMatchObject({ inputs: 0, refused: 0 });
  expect(report.failure).toContain('input 0: ended with code 1');
  expect(report.failure).toContain('fuzz: no reader no such reader');
});
