// Something that is no file, in the place of each file of a run: whoever reads the run refuses it, at once.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { runFiles, type RunRecord } from '@convbook/run';
import { train } from '@convbook/trainer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyData, tinyModel } from '../packages/trainer/src/testing/tiny.ts';
import { root } from './run-node.ts';

const reports = mkdtempSync(path.join(tmpdir(), 'convbook-special-'));
afterAll(() => rmSync(reports, { recursive: true, force: true }));

interface Line {
  file: string;
  kind: string;
  outcomes: Record<string, string | number>;
}
let lines: Line[] = [];
let megabytes = Infinity;

beforeAll(async () => {
  const [complete, interrupted] = ['complete', 'interrupted'].map((name) =>
    path.join(reports, name),
  );
  await train({
    model: tinyModel,
    data: tinyData(12, 5),
    workers: 0,
    epochs: 2,
    batchSize: 4,
    checkpointEvery: 1,
    out: complete,
  });
  cpSync(complete, interrupted, { recursive: true });
  const file = path.join(interrupted, runFiles.record);
  const { result: _, ...record } = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  writeFileSync(file, JSON.stringify({ ...record, status: 'running' }));
  const script = path.join(root, 'test/harness/faults/refusals.ts');
  const words = ['--import', 'tsx', script, reports, complete, interrupted];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    cwd: root,
    timeout: 100_000,
  });
  const said = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  ({ megabytes } = said.pop() as { megabytes: number });
  lines = said as Line[];
});

const all = ['read', 'predict', 'resume'];
/** Who reads a file below a folder of the run; everything at its top has the right kind for all. */
const readersBelow: Record<string, string[]> = {
  'checkpoints/last.safetensors': ['resume'],
  'snapshots/step-000000.safetensors': ['read'],
};

const refusing = (names: readonly string[]) =>
  Object.fromEntries([...all, 'list'].map((name) => [name, names.includes(name) ? 5 : 'done']));

test('by all who read it', () => {
  const special = lines.filter(
    ({ file, kind }) => !isFolderInPlace(file, kind) && !kind.includes('hole'),
  );
  expect(special.length).toBeGreaterThan(70);
  for (const { file, kind, outcomes } of special) {
    expect(outcomes, `${file}: ${kind}`).toEqual(refusing(readersBelow[file] ?? all));
  }
});

function isFolderInPlace(file: string, kind: string): boolean {
  return kind === 'folder' && ['checkpoints', 'snapshots'].includes(file);
}

/** Who reads the content of a file; others replace it, or leave it alone. */
const readersOf: Record<string, string[]> = {
  'run.json': all,
  lock: ['resume'],
  checkpoints: all,
  snapshots: all,
  'metrics.ndjson': ['read', 'resume'],
  'timing.ndjson': ['read', 'resume'],
  'model.safetensors': ['read', 'predict'],
  'evaluation.safetensors': ['read'],
  'samples.safetensors': ['read'],
  ...readersBelow,
};

test('a file of 3 GB, by all who read what is in it', () => {
  const holes = lines.filter(({ kind }) => kind.includes('hole'));
  expect(holes).toHaveLength(Object.keys(runFiles).length + 2);
  for (const { file, outcomes } of holes) {
    expect(outcomes, file).toEqual(refusing(readersOf[file] ?? []));
  }
});

test('in the memory that a small run takes', () => {
  expect(megabytes).toBeLessThan(600);
  expect(existsSync(path.join(reports, 'index.html'))).toBe(true);
});
