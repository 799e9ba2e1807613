// What `pnpm bench --ranks` measures, with a model of milliseconds and ranks in one process.
import { expect, it } from 'vitest';
import { createLinksInProcess } from '../../testing/links-in-process.ts';
import { tinyData, tinyModel } from '../../testing/tiny.ts';
import { measureParts } from './measure-parts.ts';
import { timeRankSteps } from './time-rank-steps.ts';

const measured = { model: tinyModel, data: tinyData(40, 8), batchSize: 16, shardSize: 8 };

it('a profile gives all parts of a step', async () => {
  const { model, millisecondsPerStep, parts, sizes } = await measureParts(measured, 0.01);
  expect(model).toBe('tiny');
  expect(millisecondsPerStep).toBeGreaterThan(0);
  expect(sizes.rowBytes.length).toBeGreaterThan(0);
  const { backwardShare, ...seconds } = parts;
  expect(Object.entries(seconds).filter(([, value]) => !(value > 0 && value < 1))).toEqual([]);
  // Of a step this short the clock may see no backward part.
  expect(backwardShare).toBeGreaterThanOrEqual(0);
  expect(backwardShare).toBeLessThanOrEqual(1);
});

it('ranks make the same steps, each with a time of its own', async () => {
  const links = createLinksInProcess(2);
  const timed = await Promise.all(
    links.map((link) => timeRankSteps({ ...measured, workers: 1 }, link, 3)),
  );
  expect(timed.filter(({ millisecondsPerStep }) => !(millisecondsPerStep > 0))).toEqual([]);
  await Promise.all(links.map((link) => link.close()));
});
