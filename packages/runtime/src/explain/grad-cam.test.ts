import { assertClose } from '@convbook/core';
import { presets, resolveModel, runReference, type ModelSpec } from '@convbook/layers';
import { expect, test } from 'vitest';
import { imagesOf, networkOf } from '../testing/networks.ts';
import { camLayer, gradCam } from './grad-cam.ts';
import { forAnswers, toInput } from './network.ts';
import { occlusion } from './occlusion.ts';
import { saliency } from './saliency.ts';

const spec: ModelSpec = {
  input: [2, 7, 9],
  layers: [
    { kind: 'conv2d', filters: 3, kernelSize: 3, padding: 1, stride: [1, 2] },
    { kind: 'batchNorm' },
    { kind: 'tanh' },
    { kind: 'avgPool2d', size: 2 },
    { kind: 'dropout' },
    { kind: 'flatten' },
    { kind: 'dense', units: 4 },
  ],
};
const network = forAnswers(await networkOf(spec));
network.parameters.get('bn1.running_var')?.set([0.5, 2, 4]);
const inputs = 2 * 7 * 9;
const x = toInput([...imagesOf(3, spec.input).values()]);
const classes = [3, 0, 2];

/** The logits of a batch by the plain loops, in float64. */
function logits(values: Float32Array): ArrayLike<number> {
  return runReference({ ...network, x: values, batchSize: values.length / inputs }).y;
}

test('saliency is the size of the reference’s finite differences, dropout left out, batchNorm as in evaluation', () => {
  const maps = saliency(network, x, classes);
  const step = 2 ** -8;
  maps.forEach((map, n) => {
    const expected = Float64Array.from(map, (_, place) => {
      const sizes = [0, 1].map((channel) => {
        const at = n * inputs + channel * 63 + place;
        const [above, below] = [step, -step].map((change) => {
          const moved = x.slice();
          moved[at] += change;
          return { logit: logits(moved)[n * 4 + classes[n]], value: moved[at] };
        });
        return Math.abs((above.logit - below.logit) / (above.value - below.value));
      });
      return Math.max(...sizes);
    });
    assertClose(map, expected, { rtol: 1e-3, atol: 1e-5 }, `image ${n}`);
  });
});

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

test('patches that overlap: a pixel has the mean of what they do', () => {
  const image = x.slice(0, inputs);
  const { covered, map } = occlusion(network, image, 1, { positions: 14, fill: 0 });
  const over = covered.filter(({ row, column }) => row === 3 && (column === 3 || column === 4));
  expect(over.length).toBe(2);
  expect(map[3 * 9 + 4]).toBe(Math.fround((over[0].drop + over[1].drop) / 2));
});

test('Grad-CAM as worked out by hand', async () => {
  // A1 = x and A2 = max(0, 3 − 2x); logit 0 = 16·mean(A1) − 16·mean(A2), so α = (1, −1).
  const own = await networkOf({
    input: [1, 4, 4],
    layers: [
      { kind: 'conv2d', filters: 2, kernelSize: 1 },
      { kind: 'relu' },
      { kind: 'globalAvgPool2d' },
      { kind: 'dense', units: 2 },
    ],
  });
  own.parameters.get('conv1.weight')?.set([1, -2]);
  own.parameters.get('conv1.bias')?.set([0, 3]);
  own.parameters.get('dense1.weight')?.set([16, -16, -16, 16]);
  const layer = camLayer(own.model);
  expect(layer).toEqual({ name: 'conv1', to: 2, shape: [2, 4, 4] });
  if (layer === null) return;
  const image = [0, 1, 2, 3, 3, 2, 1, 0, 0, 0, 0, 0, 2, 2, 2, 2];
  const [first, second] = gradCam(own, layer, Float32Array.from([...image, ...image]), [0, 1]);
  expect([...first]).toEqual([0, 0, 2, 3, 3, 2, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2]);
  expect([...second]).toEqual([3, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 0, 0, 0, 0]);
});

test.each([
  ['simple-convnet', { name: 'conv1', to: 2, shape: [30, 24, 24] }],
  ['keras-figure', { name: 'conv3', to: 8, shape: [20, 24, 9] }],
  ['batched-cnn', { name: 'conv7', to: 14, shape: [256, 4, 4] }],
])('Grad-CAM of %s looks at the last convolution of at least 4 × 4', (name, expected) => {
  expect(camLayer(resolveModel(presets[name]))).toEqual(expected);
});

test.each([
  ['no convolution', [{ kind: 'flatten' }, { kind: 'dense', units: 3 }]],
  ['maps too small', [{ kind: 'conv2d', filters: 2, kernelSize: 6 }, { kind: 'flatten' }]],
  ['nothing behind it', [{ kind: 'conv2d', filters: 2, kernelSize: 3 }, { kind: 'flatten' }]],
] as const)('Grad-CAM does not apply: %s', (_, layers) => {
  expect(camLayer(resolveModel({ input: [1, 8, 8], layers }))).toBeNull();
});
