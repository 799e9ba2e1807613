// The run.json of a run of an earlier version (7bce508), of many settings: this version reads it, writes it
// unchanged, and trains it again to the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadMnist } from '@convbook/data';
import {
  parseRunRecord,
  repeatCommand,
  resolveRecorded,
  runFiles,
  shownSettings,
  toRunConfiguration,
} from '@convbook/run';
import { resume } from '@convbook/trainer';
import { expect, it } from 'vitest';
import { temporaryFolder } from '@convbook/run/testing/folders';

const file = path.join(import.meta.dirname, 'recorded-run.json');
const source = readFileSync(file, 'utf8');
const record = parseRunRecord(source, file);
const { configuration, command } = record;
const resolved = resolveRecorded(configuration, 60_000);

it('is resolved to typed settings', () => {
  expect(resolved).toMatchObject({
    optimizer: { name: 'adam', beta1: 0.8 },
    schedule: { name: 'warm-up', epochs: 1, then: { name: 'step', every: 2, factor: 0.1 } },
    loss: { name: 'huber', delta: 2 },
    augment: { shift: 2, rotation: 0 },
  });
});

it('is written as it was, byte for byte, and so is its command', () => {
  expect(JSON.stringify(toRunConfiguration(resolved), null, 2)).toBe(
    JSON.stringify(configuration, null, 2),
  );
  expect(repeatCommand(record.model.name, record.data.name, resolved)).toBe(command);
});

it('has a line for each setting in the notebook', () => {
  const shown = shownSettings({ ...configuration, newer: [1, 2] } as typeof configuration);
  expect(shown.map(({ name, value }) => `${name}: ${value ?? 'none'}`)).toEqual([
    'recipe: none',
    'epochs: 1',
    'batchSize: 100',
    'shardSize: 16',
    'evaluationShardSize: 64',
    'seed: 1',
    'limit: 200',
    'validation: 50',
    'learningRate: 0.004',
    'l1Penalty: 0',
    'l2Penalty: 0.001',
    'clipNorm: 1',
    'patience: 3',
    'schedule: warm-up, every 2, factor 0.1, epochs 1, then step',
    'optimizer: adam, beta1 0.8, beta2 0.999, epsilon 1e-8, weightDecay 0',
    'loss: huber, delta 2',
    'augment: shift 2, rotation 0, scale 0, elastic 0',
    'newer: 1, 2',
  ]);
});

it('trains again to the same model', async () => {
  const out = temporaryFolder();
  for (const folder of [runFiles.checkpoints, runFiles.snapshots]) {
    mkdirSync(path.join(out, folder));
  }
  const { result, ...begun } = record;
  const text = JSON.stringify({ ...begun, status: 'running' });
  writeFileSync(path.join(out, runFiles.record), text);
  const { record: repeated } = await resume(out, { chooseData: () => loadMnist(), workers: 0 });
  expect(repeated.result?.modelSha256).toBe(result?.modelSha256);
});
