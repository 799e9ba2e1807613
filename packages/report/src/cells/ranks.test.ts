import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { ranksPart } from './ranks.ts';
import { trainingCell } from './training.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run')));

/** The run as two ranks trained it. */
function overRanks(hosts: readonly string[]): Run {
  const ranks = hosts.map((host, rank) => ({ rank, host, workers: rank + 1 }));
  const timing = run.timing.map((event) =>
    event.event === 'start' ? { ...event, ranks, library: 'Open MPI 4.1.4' } : event,
  );
  return { ...run, timing };
}

const textOf = (markup: unknown) => pageText(String(markup)).replaceAll(/\s+/g, ' ');

test('says which ranks and hosts trained, over what', () => {
  const text = textOf(ranksPart(overRanks(['node-a', 'node-b'])));
  expect(text).toContain('2 ranks on 2 hosts trained together over Open MPI 4.1.4.');
  expect(text).toContain('Rank Host Workers 0 node-a 1 1 node-b 2');
});

test('says which session had which ranks, and what each computes of a batch', () => {
  const rank = { host: 'a', workers: 1 };
  const two = [
    { rank: 0, ...rank, shards: 4, samples: 56 },
    { rank: 1, ...rank, shards: 3, samples: 44 },
  ];
  const [start] = run.timing.filter((event) => event.event === 'start');
  const library = 'MPICH 4.0.2';
  const timing = [
    { ...start, ranks: two, library },
    { ...start, step: 7, ranks: two, library },
    { ...start, step: 20, workers: 8 },
  ];
  const text = textOf(ranksPart({ ...run, timing }));
  expect(text).toContain('had different ranks: 2 ranks, then one process. Each rank');
  expect(text).toContain(
    'Share of the images 0 0 a 1 4 56.0% 0 1 a 1 3 44.0% 20 one process – 8 – –',
  );
});

test('sessions of as many ranks on other hosts are told apart', () => {
  const timing = ['a', 'b'].flatMap((host) => overRanks([host, 'c']).timing.slice(0, 1));
  const text = textOf(ranksPart({ ...run, timing }));
  expect(text).toContain('Each session of this run had 2 ranks, of other hosts or workers each');
});

test('a host of several ranks counts once, and its name stays text', () => {
  const markup = String(ranksPart(overRanks(['<b>', '<b>', '<b>'])));
  expect(textOf(markup)).toContain('3 ranks on 1 host trained');
  expect(markup).not.toContain('<b>');
});

test('is in the training cell, and for one process nowhere', async () => {
  const cell = async (shown: Run) => textOf(await trainingCell.render(shown, null, null));
  expect(await cell(overRanks(['node-a', 'node-b']))).toContain('The ranks of the run');
  expect(await cell(run)).not.toContain('The ranks of the run');
  expect(ranksPart(run)).toBeNull();
});
