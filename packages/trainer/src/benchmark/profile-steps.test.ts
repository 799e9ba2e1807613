import { expect, test } from 'vitest';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { profileSteps } from './profile-steps.ts';

test('a profile has every layer in every direction, and the time of every worker', async () => {
  const measured = { model: tinyModel, data: tinyData(40, 8), workers: 2, batchSize: 8 };
  const { directions, phases, shards } = await profileSteps(measured, 0.01);
  expect(directions.map(({ layer, direction }) => `${layer} ${direction}`)).toMatchInlineSnapshot(`
    [
      "input forward",
      "conv1 forward",
      "dense1 forward",
      "dense2 forward",
      "loss forward",
      "dense2 weight gradient",
      "dense2 input gradient",
      "dense1 weight gradient",
      "dense1 input gradient",
      "conv1 weight gradient",
      "dense1 sum",
      "dense2 sum",
      "conv1 sum",
    ]
  `);
  expect(directions.filter(({ milliseconds }) => !(milliseconds > 0))).toEqual([]);
  expect(shards).toBe(1);
  const ran = phases.flat().filter(({ running, ending }) => running + ending > 0);
  expect(phases).toHaveLength(2);
  expect(new Set(ran.map(({ phase }) => phase))).toEqual(
    new Set(['forward and backward', 'sum over shards', 'update']),
  );
  const times = phases.flat().flatMap(({ running, ending, waiting }) => [running, ending, waiting]);
  expect(times.filter((time) => !(time >= 0))).toEqual([]);
});
