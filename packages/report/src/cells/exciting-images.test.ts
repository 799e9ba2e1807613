import { join } from 'node:path';
import type { LayerSpec } from '@convbook/layers';
import { pageText } from '@convbook/page/testing';
import { readRun, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { madeImages } from '../explain/made-images.ts';
import { networksOf } from '../testing/networks.ts';
import { excitingImagesFigure } from './exciting-images.ts';

const folder = temporaryDirectory();
const runOf = (name: string, input: number[]) =>
  readRun(writeSyntheticRun(join(folder, name), { testSamples: 40, input }));
const grey = runOf('grey', [1, 28, 28]);
const answer: LayerSpec[] = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }];
const convolution: LayerSpec = { kind: 'conv2d', filters: 4, kernelSize: 5, stride: 2 };
const small: LayerSpec[] = [convolution, { kind: 'relu' }];

async function figure(layers: LayerSpec[], run: Run = grey) {
  const networks = await networksOf({ input: run.samples?.shape ?? [1, 28, 28], layers });
  const html = String(excitingImagesFigure(networks, run));
  return { html, text: pageText(html).replaceAll(/\s+/g, ' ') };
}

test('numbers are those of the filters, and a dead one has none', async () => {
  const networks = await networksOf({ input: [1, 28, 28], layers: [...small, ...answer] });
  networks.trained.parameters.get('conv1.bias')?.set([0, -1000, 0, 0]);
  const html = String(excitingImagesFigure(networks, grey));
  expect([...html.matchAll(/<span>(\d+)<\/span>\s*<\/div>/g)].map(([, k]) => k)).toEqual([
    '1',
    '3',
    '4',
  ]);
  expect(html).toContain('conv1 + relu1, images made to excite 3 live filters.');
});

test('the control is the best of the test images that were looked at', async () => {
  const networks = await networksOf({ input: [1, 28, 28], layers: [...small, ...answer] });
  const [{ images }] = madeImages(networks, grey) ?? [];
  const { text } = await figure([...small, ...answer]);
  const above = images.filter(({ reached, best }) => reached > best.mean);
  expect(above.length).toBeGreaterThan(0);
  expect(text).toContain(`${above.length} of ${images.length} made images have a higher mean`);
  for (const { best } of images) expect(grey.samples?.images.has(best.index)).toBe(true);
});

test.each([
  [
    'photos, two layers, a block',
    [3, 20, 24],
    [
      ...small,
      {
        kind: 'residual',
        layers: [{ ...convolution, stride: 1, padding: 2 }, { kind: 'batchNorm' }],
      },
      { kind: 'relu' },
    ],
  ],
  ['a figure of 120 × 60', [1, 120, 60], small],
] satisfies [string, number[], LayerSpec[]][])(
  '%s: an image of its size for each filter, less than 150 KB',
  async (_, input, layers) => {
    const run = runOf(input.join('x'), input);
    const { html } = await figure([...layers, ...answer], run);
    expect(html).toContain(`--ratio:${input[2]}/${input[1]}`);
    expect(html.match(/class="tiles"/g)?.length).toBe(layers.length / 2);
    expect(html.length).toBeLessThan(150_000);
  },
);

test('for images too large for the page the figure says so', async () => {
  const layers: LayerSpec[] = [{ ...convolution, stride: 30 }, { kind: 'relu' }, ...answer];
  const shape = [1, 460, 450];
  const images = new Map(
    [0, 1, 2].map((index) => [index, new Uint8Array(460 * 450).fill(80 * index)]),
  );
  const { text } = await figure(layers, { ...grey, samples: { shape, images } });
  expect(text).toContain('Left out: for a model or images of this size');
});

test('without filters or images there is no figure', async () => {
  expect((await figure(answer)).html).toBe('null');
  expect((await figure([...small, ...answer], { ...grey, samples: null })).html).toBe('null');
});
