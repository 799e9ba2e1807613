import { presets, resolveModel } from '@convbook/layers';
import { expect, test } from 'vitest';
import { networkOf } from '../testing/networks.ts';
import { camLayer, gradCam } from './grad-cam.ts';

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
  ['photo-net', { name: 'residual3', to: 10, shape: [128, 4, 4] }],
  ['batched-cnn', { name: 'conv7', to: 14, shape: [256, 4, 4] }],
])('Grad-CAM of %s looks at the last convolution of at least 4 × 4', (name, expected) => {
  expect(camLayer(resolveModel(presets[name]))).toEqual(expected);
});

test.each([
  ['no convolution', [{ kind: 'flatten' }, { kind: 'dense', units: 3 }]],
  ['maps too small', [{ kind: 'conv2d', filters: 2, kernelSize: 6 }, { kind: 'flatten' }]],
  ['nothing after it', [{ kind: 'conv2d', filters: 2, kernelSize: 3 }, { kind: 'flatten' }]],
] as const)('Grad-CAM does not apply: %s', (_, layers) => {
  expect(camLayer(resolveModel({ input: [1, 8, 8], layers }))).toBeNull();
});

test('Grad-CAM refuses a layer that nothing follows', async () => {
  const own = await networkOf({
    input: [1, 4, 4],
    layers: [{ kind: 'conv2d', filters: 2, kernelSize: 1 }, { kind: 'flatten' }],
  });
  const layer = { name: 'conv1', to: 1, shape: [2, 4, 4] };
  expect(() => gradCam(own, layer, new Float32Array(16), [0])).toThrow(
    new Error('gradCam: expected layers after conv1, got none; use the layer of camLayer'),
  );
});
