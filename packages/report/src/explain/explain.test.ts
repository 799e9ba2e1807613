import {
  avgPool2d,
  conv2d,
  dense,
  flatten,
  presets,
  resolveModel,
  type ModelSpec,
} from '@convbook/layers';
import { forward, toInput } from '@convbook/runtime/network';
import { imagesOf } from '@convbook/runtime/testing';
import { expect, test } from 'vitest';
import { networksOf } from '../testing/networks.ts';
import { affordableImages, explain, occluder } from './explain.ts';
import { layerLikeness } from './layer-likeness.ts';

const plain: ModelSpec = {
  input: [1, 8, 8],
  layers: [{ kind: 'flatten' }, { kind: 'dense', units: 3 }],
};
const samples = { shape: plain.input, images: imagesOf(4, plain.input) };
const convolution: ModelSpec = {
  input: [1, 8, 8],
  layers: [{ kind: 'conv2d', filters: 2, kernelSize: 3 }, { kind: 'relu' }, ...plain.layers],
};

test.each([
  ['without convolution', plain, ['saliency', 'occlusion']],
  ['with one', convolution, ['saliency', 'occlusion', 'gradCam']],
])('a network %s is explained by %j', async (_, spec, methods) => {
  const networks = await networksOf(spec);
  const found = explain(networks, samples, [0, 1, 2, 0], [3, 1], 0);
  const logits = forward(
    networks.trained,
    toInput([3, 1].map((k) => samples.images.get(k) as Uint8Array)),
  );
  found.forEach(({ says, methods: own }, n) => {
    expect(own.map(({ method }) => method)).toEqual(methods);
    const answer = logits.slice(n * 3, n * 3 + 3);
    expect(answer[says]).toBe(Math.max(...answer));
    for (const { shape, trained, untrained } of own) {
      expect(trained.length).toBe(shape[0] * shape[1]);
      expect(trained).not.toEqual(untrained);
    }
  });
  expect(found.map(({ index, label }) => [index, label])).toEqual([
    [3, 0],
    [1, 1],
  ]);
});

test('the gradient of a dense layer is its weights, the same for every image', async () => {
  const networks = await networksOf(plain);
  const [{ says, methods }] = explain(networks, samples, [0, 0, 0, 0], [2], 0);
  const rows = [networks.trained, networks.untrained].map(({ parameters }) =>
    parameters
      .get('dense1.weight')
      ?.subarray(says * 64, says * 64 + 64)
      .map(Math.abs),
  );
  expect([methods[0].trained, methods[0].untrained]).toEqual(rows);
});

const huge: ModelSpec = {
  input: [3, 512, 512],
  layers: [{ kind: 'conv2d', filters: 512, kernelSize: 7 }, ...plain.layers],
};

const pools: ModelSpec = {
  input: [1, 28, 28],
  layers: [
    conv2d({ filters: 8, kernelSize: 3, padding: 1 }),
    ...Array.from({ length: 50 }, () => avgPool2d({ size: 27, stride: 1, padding: 13 })),
    flatten(),
    dense({ units: 3 }),
  ],
};

test.each([
  ['one of wide pools', pools, 0],
  ['simple-convnet', presets['simple-convnet'], 6],
  ['batched-cnn', presets['batched-cnn'], 4],
  ['one beyond what a notebook computes', huge, 0],
])('%s: images explained', (_, spec, count) => {
  expect(affordableImages(resolveModel(spec))).toBe(count);
});

test.each([
  ['a background', [7, 1, 2], 0],
  ['another background', [1, 9, 2], 1 / 255],
  ['none: the mean', [2, 2, 2, 2], 1.5 / 255],
  ['no data', [], 0],
])('the patch has the value of %s', (_, histogram, value) => {
  expect(occluder({ histogram })).toBe(value);
});

test('layerLikeness: equal images are fully alike, opposite ones not at all', async () => {
  const { trained } = await networksOf(plain);
  const image = toInput([samples.images.get(0) as Uint8Array]);
  const opposite = image.map((value) => 1 - value);
  const x = Float32Array.from([image, image, opposite, opposite].flatMap((own) => [...own]));
  const [input, last] = layerLikeness(trained, x, 4);
  expect([input.row, last.row?.name]).toEqual([null, 'dense1']);
  expect([input.sameClass, last.sameClass].map((value) => value.toFixed(6))).toEqual([
    '1.000000',
    '1.000000',
  ]);
  expect(input.otherClass).toBeCloseTo(-1, 6);
});
