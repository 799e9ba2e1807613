import { assertClose } from '@convbook/core/testing';
import { expect, test } from 'vitest';
import { inputs, logits, network, x } from '../testing/explained.ts';
import { occlusion, occlusionSteps } from './occlusion.ts';

test('occlusion is the difference of two evaluations, its map the mean over the patches', () => {
  const image = x.slice(inputs, 2 * inputs);
  const { patch, covered, map } = occlusion(network, image, 2, { positions: 4, fill: 0.25 });
  expect(patch).toEqual([1, 2]);
  expect(covered.map(({ row, column }) => [row, column])).toEqual(
    [0, 2, 4, 6].flatMap((row) => [0, 2, 5, 7].map((column) => [row, column])),
  );
  const drops = covered.map(({ row, column }) => {
    const hidden = image.slice();
    for (const channel of [0, 1]) {
      for (const side of [0, 1]) hidden[channel * 63 + row * 9 + column + side] = 0.25;
    }
    return logits(image)[2] - logits(hidden)[2];
  });
  assertClose(
    covered.map(({ drop }) => drop),
    drops,
    { rtol: 1e-4, atol: 1e-5 },
    'drops',
  );
  expect(map[0]).toBe(Math.fround(covered[0].drop));
  expect(map[9]).toBe(0); // a row that no patch covers
});

test('patches that overlap: a pixel has the mean of their drops', () => {
  const image = x.slice(0, inputs);
  const { covered, map } = occlusion(network, image, 1, { positions: 14, fill: 0 });
  const over = covered.filter(({ row, column }) => row === 3 && (column === 3 || column === 4));
  expect(over.length).toBe(2);
  expect(map[3 * 9 + 4]).toBe(Math.fround((over[0].drop + over[1].drop) / 2));
});

test('occlusion one image a step has the same bits, with a step for each place', () => {
  const image = x.slice(0, inputs);
  const settings = { positions: 5, fill: 0.5 };
  const steps = occlusionSteps(network, image, 3, settings, 1);
  let step = steps.next();
  let count = 0;
  for (; step.done !== true; step = steps.next()) count++;
  expect(count).toBe(25);
  expect(step.value).toEqual(occlusion(network, image, 3, settings));
});
