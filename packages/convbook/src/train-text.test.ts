import path from 'node:path';
import { readRecord } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { typedIn } from './places.ts';
import { endText, idleRanksText, ranksText } from './train-text.ts';

const rank = (number: number, host: string, workers: number) => ({ rank: number, host, workers });

test.each([
  ['1 rank on 1 host, 1 worker each, over MPI', [rank(0, 'a', 1)], undefined],
  [
    '3 ranks on 2 hosts, 8 workers each, over Open MPI 4.1.4',
    [rank(0, 'a', 8), rank(1, 'a', 8), rank(2, 'b', 8)],
    'Open MPI 4.1.4',
  ],
  [
    '2 ranks on 2 hosts, 6 workers in all, over MPICH 4.0.2',
    [rank(0, 'a', 2), rank(1, 'b', 4)],
    'MPICH 4.0.2',
  ],
])('%s', (text, ranks, library) => {
  expect(ranksText(library === undefined ? { ranks } : { ranks, library })).toBe(text);
});

test('a run of one process says nothing of ranks', () => {
  expect(ranksText({})).toBeNull();
});

test.each([
  ['reports/my run', "'reports/my run'"],
  ['-run', './-run'],
  ['../elsewhere', path.join(typedIn, '../elsewhere')],
])('an interrupted run in %s goes on with --resume %s', (place, typed) => {
  const record = readRecord(writeSyntheticRun(path.join(temporaryFolder(), 'run')));
  const notebook = path.join(typedIn, place, 'index.html');
  const line = `\ngo on with     pnpm train --resume ${typed}`;
  expect(endText({ ...record, status: 'interrupted' }, notebook)).toContain(line);
  expect(endText(record, notebook)).not.toContain('--resume');
});

test.each([
  [
    4,
    100,
    10,
    '3 of 4 ranks get no samples: a batch of 10 is 1 shard of up to 16; take fewer ranks, or a larger batch',
  ],
  [
    4,
    32,
    1000,
    '2 of 4 ranks get no samples: a batch of 32 is 2 shards of up to 16; take fewer ranks, or a larger batch',
  ],
  [2, 32, 1000, null],
])('%i ranks with batches of %i, of %i samples', (ranks, batchSize, trainSamples, text) => {
  const { configuration, data } = readRecord(writeSyntheticRun(temporaryFolder()));
  const record = {
    configuration: { ...configuration, batchSize, shardSize: 16 },
    data: { ...data, trainSamples },
  };
  const all = Array.from({ length: ranks }, (_, number) => rank(number, 'a', 1));
  expect(idleRanksText(record, { ranks: all })).toBe(text);
});
