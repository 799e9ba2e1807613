import { toScaling } from '@convbook/core';
import type { ModelSpec } from '@convbook/layers';
import { expect, test } from 'vitest';
import { layerRows, type LayerRow } from '../layer-rows.ts';
import { forward, toInput, type Network } from '../network.ts';
import { imagesOf, networkOf } from '../testing/networks.ts';
import { blurred } from './blurred.ts';
import { excitingImages, meansOfMaps } from './exciting-images.ts';
import { forAnswers } from './input-gradient.ts';

const relu = { kind: 'relu' } as const;
const models: Readonly<Record<string, ModelSpec>> = {
  grey: {
    input: [1, 14, 11],
    layers: [
      { kind: 'conv2d', filters: 5, kernelSize: 3 },
      relu,
      { kind: 'maxPool2d', size: 2 },
      { kind: 'conv2d', filters: 4, kernelSize: 3 },
      { kind: 'tanh' },
      { kind: 'flatten' },
      { kind: 'dense', units: 1 },
    ],
  },
  'colour, batchNorm and a residual block': {
    input: [3, 12, 12],
    layers: [
      { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1, bias: false },
      { kind: 'batchNorm' },
      relu,
      {
        kind: 'residual',
        layers: [
          { kind: 'conv2d', filters: 6, kernelSize: 3, padding: 1, stride: 2 },
          { kind: 'batchNorm' },
          { kind: 'dropout' },
        ],
      },
      relu,
      { kind: 'globalAvgPool2d' },
      { kind: 'dense', units: 3 },
    ],
  },
};

const rowsWithMaps = ({ model }: Network) =>
  layerRows(model).filter(({ layer }) => ['conv2d', 'residual'].includes(layer.spec.kind));

/** Mean of a filter's map for each of some images. */
function meansOf(network: Network, row: LayerRow, images: readonly Uint8Array[], filter: number) {
  const y = forward(meansOfMaps(network, row.to), toInput(images, network));
  const [filters] = row.layer.outputShape;
  return images.map((_, n) => y[n * filters + filter]);
}

test.each(Object.entries(models))(
  '%s: each image excites its filter more than its noise and a hundred other images',
  async (_, spec) => {
    const network = {
      ...forAnswers(await networkOf(spec)),
      scaling: toScaling({
        means: Array.from({ length: spec.input[0] }, () => 0.4),
        deviations: Array.from({ length: spec.input[0] }, (_, c) => 0.2 + 0.1 * c),
      }),
    };
    const others = [...imagesOf(100, spec.input).values()];
    for (const row of rowsWithMaps(network)) {
      const filters = Array.from({ length: row.layer.outputShape[0] }, (_, k) => k);
      for (const { filter, bytes, start, reached } of excitingImages(network, row, filters, 1)) {
        expect(meansOf(network, row, [bytes], filter)).toEqual([reached]);
        expect(reached).toBeGreaterThan(start);
        expect(reached).toBeGreaterThan(Math.max(...meansOf(network, row, others, filter)));
      }
    }
  },
);

test('the same bytes each time, also alone; another seed begins elsewhere', async () => {
  const network = await networkOf(models.grey);
  const [, row] = rowsWithMaps(network);
  const found = excitingImages(network, row, [3, 1], 1);
  expect(excitingImages(network, row, [3, 1], 1)).toEqual(found);
  expect(excitingImages(network, row, [1], 1)).toEqual([found[1]]);
  expect(excitingImages(network, row, [3], 2)[0].start).not.toBe(found[0].start);
  expect(excitingImages(network, row, [], 1)).toEqual([]);
});

/** One map, the first of a filter that reads one pixel. */
async function pixelFilter(weight: number, bias: number) {
  const spec: ModelSpec = {
    input: [1, 6, 6],
    layers: [
      { kind: 'conv2d', filters: 1, kernelSize: 1 },
      relu,
      { kind: 'globalAvgPool2d' },
      { kind: 'dense', units: 2 },
    ],
  };
  const network = await networkOf(spec);
  network.parameters.get('conv1.weight')?.set([weight]);
  network.parameters.get('conv1.bias')?.set([bias]);
  return excitingImages(network, layerRows(network.model)[0], [0], 1)[0];
}

test.each([
  ['bright pixels', 2, -0.5, 255, 1.5],
  ['dark pixels', -2, 1.5, 0, 1.5],
  ['pixels brighter than the noise', 1, -0.9, 255, 0.1],
])('a filter for %s gets them', async (_, weight, bias, byte, mean) => {
  const { bytes, reached } = await pixelFilter(weight, bias);
  const far = [...bytes].map((value) => Math.abs(value - byte));
  expect(Math.max(...far)).toBeLessThan(8);
  expect(reached).toBeGreaterThan(0.6 * mean);
  expect(reached).toBeLessThanOrEqual(mean + 1e-6);
});

test('where no input changes a filter the noise fades to grey', async () => {
  const { bytes, start, reached } = await pixelFilter(0, 1);
  expect([start, reached]).toEqual([1, 1]);
  for (const byte of bytes) expect(Math.abs(byte - 127.5)).toBeLessThan(16);
});

test('a layer without maps is refused', async () => {
  const network = await networkOf(models.grey);
  expect(() => meansOfMaps(network, network.model.layers.length)).toThrow(
    new Error('meansOfMaps: expected a layer with maps, got dense1; leave it out'),
  );
});

test('blurred: the window 1 2 1 both ways, cut at the border', () => {
  const point = Float64Array.from([0, 0, 0, 0, 36, 0, 0, 0, 0]);
  // In a row of three the window is 2 1, 1 2 1, 1 2, over 3 and 4: the middle gives 12, 18 and 12.
  expect([...blurred(point, [1, 3, 3])]).toEqual([4, 6, 4, 6, 9, 6, 4, 6, 4]);
  expect([...blurred(new Float64Array(18).fill(7), [2, 3, 3])]).toEqual(Array(18).fill(7));
});
