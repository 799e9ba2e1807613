import { elementCount, normal } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { predict } from '../predict/predict.ts';
import { canExplain, explainPixel } from './explain-pixel.ts';
import { createLiveModel, splitParameters } from './live-model.ts';

const specs: Record<string, ModelSpec> = {
  'convolutions and dense layers': {
    input: [2, 9, 11],
    layers: [
      { kind: 'conv2d', filters: 5, kernelSize: [3, 4], padding: [1, 2], stride: [1, 2] },
      { kind: 'relu' },
      { kind: 'maxPool2d', size: 2 },
      { kind: 'conv2d', filters: 3, kernelSize: 2 },
      { kind: 'flatten' },
      { kind: 'dense', units: 7 },
      { kind: 'relu' },
      { kind: 'dense', units: 4 },
    ],
  },
  'normalization, dropout and every pooling': {
    input: [2, 12, 11],
    layers: [
      { kind: 'conv2d', filters: 6, kernelSize: 3, groups: 2 },
      { kind: 'batchNorm' },
      { kind: 'relu' },
      { kind: 'avgPool2d', size: 2, stride: 1 },
      { kind: 'conv2d', filters: 4, kernelSize: 2, dilation: 2, bias: false },
      { kind: 'batchNorm' },
      { kind: 'gelu' },
      { kind: 'localResponseNorm' },
      { kind: 'minPool2d', size: 2, rounding: 'ceil' },
      { kind: 'dropout' },
      { kind: 'globalAvgPool2d' },
      { kind: 'dense', units: 6 },
      { kind: 'batchNorm' },
      { kind: 'sigmoid' },
      { kind: 'dense', units: 4 },
      { kind: 'softmax' },
    ],
  },
};
const module = await loadKernelModule('plain');

describe.each(Object.entries(specs))('a live model of %s', (_, spec) => {
  const model = resolveModel(spec);
  const parameters = new Map(
    model.parameters.map(({ name, shape }) => {
      const values = normal(3, name, new Float32Array(elementCount(shape)), 0, 0.4);
      // A variance is no negative number.
      return [name, name.endsWith('running_var') ? values.map(Math.abs) : values];
    }),
  );
  const images = [1, 2, 3].map((seed) =>
    Uint8Array.from({ length: elementCount(spec.input) }, (_, k) => (k * k * seed * 31) % 256),
  );
  const live = createLiveModel(module, spec, parameters);

  test('has the logits of prediction to the last bit, by layers and as a whole', () => {
    const classNames = [...'abcd'];
    const answers = predict({ module, model, parameters, classNames }, images);
    images.forEach((image, k) => {
      const { values, logits } = live.run(image);
      expect([...logits]).toEqual(answers[k].logits);
      expect([...values[values.length - 1]]).toEqual(answers[k].logits);
      expect(new Set(answers[k].logits).size).toBe(4);
    });
  });

  test.each(model.layers.filter(canExplain))('$name: every sum is the activation', (layer) => {
    const k = live.layers.findIndex(({ name }) => name === layer.name);
    const { values } = live.run(images[0]);
    const [filters, height = 1, width = 1] = layer.outputShape;
    const sums = Array.from({ length: filters * height * width }, (_, place) => {
      const [row, column] = [Math.floor(place / width) % height, place % width];
      const filter = Math.floor(place / (height * width));
      return explainPixel(layer, live.parametersOf(layer), values[k], filter, row, column).sum;
    });
    expect(sums).toEqual([...values[k + 1]]);
  });

  test('parameters come back from their bytes', () => {
    const bytes = Buffer.concat([...parameters.values()].map(({ buffer }) => Buffer.from(buffer)));
    const { buffer } = Uint8Array.from(bytes);
    expect(splitParameters(spec, buffer)).toEqual(parameters);
  });
});
