import { describeDataset } from '@convbook/data/training';
import { afterAll, expect, test } from 'vitest';
import { startWorkers } from '../engine/pool.ts';
import { splitData } from '../engine/split-data.ts';
import { toConfiguration } from '../settings/configuration.ts';
import { tinyData } from '../testing/tiny.ts';
import { describeData } from './describe-data.ts';

const data = tinyData(60, 5);
const settings = { limit: 40, validation: 9, batchSize: 8 };
const split = splitData(data, toConfiguration(settings, data.train.count));
const held = split.evaluated.validation?.indexes;
const expected = describeDataset(data, split.train.indexes, held);

const workers = startWorkers(1);
const none = startWorkers(0);
afterAll(() => Promise.all([workers.close(), none.close()]));

test.each([
  ['a worker that waits', workers],
  ['this thread, without workers', none],
  ['this thread', undefined],
])('a data set is described the same by %s', async (_, started) => {
  expect(await describeData(split, data, started)).toEqual(expected);
});

test('a worker describes before it trains, not after', async () => {
  const started = startWorkers(1);
  const task = { data, trained: split.train.indexes, held };
  expect(await started.describe(task)).toEqual(expected);
  const pool = started.take(1);
  expect(started.describe(task)).toBeUndefined();
  await pool?.destroy();
});
