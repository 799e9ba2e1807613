import { join } from 'node:path';
import type { LayerSpec } from '@convbook/layers';
import { pageText } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { networkOf } from '@convbook/runtime/testing';
import { expect, test } from 'vitest';
import { featureMapsCell } from '../cells/feature-maps.ts';
import { filtersCell } from '../cells/filters.ts';
import { deadFilters, filterAnswers, filterCounts } from './filter-answers.ts';
import type { Networks } from './networks.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run'), { testSamples: 200 }));
const answer: LayerSpec[] = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }];
const convolution: LayerSpec = { kind: 'conv2d', filters: 6, kernelSize: 5 };

test.each([
  ['none', [0, -1, 0], [1, 1, 9], []],
  ['one that is constant', [0, 2, 0], [1, 2, 9], [2]],
  ['one that varies by a hundredth', [0, 0, 0], [1, 0.01, 0.5], [2]],
  ['all, where nothing varies', [0, 5], [0, 5], [1, 2]],
])('dead filters: %s', (_, lowest, highest, expected) => {
  const range = { lowest: Float32Array.from(lowest), highest: Float32Array.from(highest) };
  expect(deadFilters(range)).toEqual(expected);
});

test('dead filters are counted over all layers', () => {
  const range = (...highest: number[]) => ({
    lowest: new Float32Array(highest.length),
    highest: Float32Array.from(highest),
  });
  const ranges = new Map([
    ['conv1', range(1, 0, 0)],
    ['conv2', range(1, 1)],
  ]);
  expect(filterCounts({ indexes: [0], ranges })).toEqual({ dead: 2, all: 5 });
});

/** The second filter never fires, of the fourth hardly any weight is left. */
async function half(layers: LayerSpec[]): Promise<Networks> {
  const trained = await networkOf({ input: [1, 28, 28], layers });
  const [weights, bias] = ['weight', 'bias'].map((name) => {
    const own = [...trained.parameters].find(([full]) => full.endsWith(`conv1.${name}`));
    return own?.[1] ?? new Float32Array();
  });
  bias.fill(0);
  bias[1] = -1000;
  const size = weights.length / 6;
  for (let k = 3 * size; k < 4 * size; k++) weights[k] /= 1000;
  return { trained, untrained: trained, seed: 1 };
}

test('a filter is dead in every cell or in none, and has no patches', async () => {
  const networks = await half([convolution, { kind: 'relu' }, ...answer]);
  const text = async (cell: typeof filtersCell) =>
    pageText(String(await cell.render(run, null, networks))).replaceAll(/\s+/g, ' ');
  const [filters, maps] = [await text(filtersCell), await text(featureMapsCell)];
  expect(filters).toContain('These filters are dead: 2 and 4.');
  expect(filters).toMatch(/ 2 dead –/);
  expect(maps).toContain('have no patches: 2 of 6 in conv1 + relu1.');
  expect(maps).toContain('conv1, 2 – dead –');
  const sheets = String(await featureMapsCell.render(run, null, networks));
  expect(sheets.match(/alt="conv1 \+ relu1, filter (\d)/g)?.map((alt) => alt.at(-1))).toEqual([
    '1',
    '3',
    '5',
    '6',
  ]);
});

test('those inside of a residual block are found too', async () => {
  const block: LayerSpec = { kind: 'residual', layers: [{ ...convolution, padding: 2 }] };
  const { trained } = await half([block, ...answer]);
  const { ranges } = filterAnswers(run, trained) ?? { ranges: new Map<string, never>() };
  expect([...ranges.keys()].sort()).toEqual(['residual1', 'residual1.conv1', 'residual1.shortcut']);
});

test('where a run keeps no images, nothing is said', async () => {
  const networks = await half([convolution, { kind: 'relu' }, ...answer]);
  const bare = { ...run, samples: null };
  expect(filterAnswers(bare, networks.trained)).toBeNull();
  expect(String(await filtersCell.render(bare, null, networks))).not.toContain('dead');
});
