import type { ModelSpec } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { layerRows } from '../layer-rows.ts';
import { forward, partOf, toInput } from '../network.ts';
import { imagesOf, networkOf } from '../testing/networks.ts';
import { topPatches } from './top-patches.ts';

const spec: ModelSpec = {
  input: [1, 12, 10],
  layers: [
    { kind: 'conv2d', filters: 5, kernelSize: [3, 2], padding: 1 },
    { kind: 'relu' },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'conv2d', filters: 3, kernelSize: 2, stride: [2, 1], dilation: 2 },
    { kind: 'flatten' },
    { kind: 'dense', units: 2 },
  ],
};
const network = await networkOf(spec);
const samples = { shape: spec.input, images: imagesOf(100, spec.input) };
const indexes = [...samples.images.keys()];
const rows = layerRows(network.model).filter(({ layer }) => layer.spec.kind === 'conv2d');
const found = topPatches(network, rows, samples, indexes);

/** Every value a layer gives, of all images. */
function valuesOf(to: number, images: readonly Uint8Array[]): Float32Array {
  return forward(partOf(network, 0, to), toInput(images));
}

describe.each(rows.map((row, k) => ({ row, name: row.name, k })))('$name', ({ row, k }) => {
  const [channels, height, width] = row.layer.outputShape;
  const { field, filters } = found[k];

  test('the nine patches are the strongest of all places, an image once', () => {
    const values = valuesOf(row.to, [...samples.images.values()]);
    const area = height * width;
    expect(filters.length).toBe(channels);
    filters.forEach((patches, filter) => {
      const all = indexes.flatMap((index) =>
        Array.from({ length: area }, (_, place) => ({
          index,
          row: Math.floor(place / width),
          column: place % width,
          activation: values[(index * channels + filter) * area + place],
        })),
      );
      all.sort((a, b) => b.activation - a.activation); // stable: the first of equal ones stays first
      const once = all.filter(({ index }, at) => all.findIndex((o) => o.index === index) === at);
      expect(patches).toEqual(once.slice(0, 9));
    });
  });

  test('the part of the image that a place sees alone decides its activation', () => {
    const [patch] = filters[0];
    const image = samples.images.get(patch.index) as Uint8Array;
    const top = field.start[0] + patch.row * field.jump[0];
    const left = field.start[1] + patch.column * field.jump[1];
    const isSeen = (place: number) => {
      const [y, x] = [Math.floor(place / 10) - top, (place % 10) - left];
      return y >= 0 && x >= 0 && y < field.size[0] && x < field.size[1];
    };
    const outside = image.map((byte, place) => (isSeen(place) ? byte : 255 - byte));
    const inside = image.map((byte, place) => (isSeen(place) ? 255 - byte : byte));
    const at = patch.row * width + patch.column;
    expect(outside).not.toEqual(image);
    expect(valuesOf(row.to, [outside])[at]).toBe(patch.activation);
    expect(valuesOf(row.to, [inside])[at]).not.toBe(patch.activation);
  });
});

test.each([
  ['a layer without maps', layerRows(network.model), [0], 'expected layers with maps, got dense1'],
  ['an image that does not exist', rows, [0, 100], 'expected one of the images, got 100'],
])('%s is refused', (_, layers, some, message) => {
  expect(() => topPatches(network, layers, samples, some)).toThrow(
    new Error(`topPatches: ${message}; leave it out`),
  );
});
