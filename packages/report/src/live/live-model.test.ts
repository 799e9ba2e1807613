import { loadKernelModule, normal } from '@convbook/core';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { predict } from '../predict/predict.ts';
import { canExplain, explainPixel } from './explain-pixel.ts';
import { createLiveModel, splitParameters } from './live-model.ts';

const spec: ModelSpec = {
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
};
const model = resolveModel(spec);
const parameters = new Map(
  model.parameters.map(({ name, shape }) => [
    name,
    normal(3, name, new Float32Array(shape.reduce((a, b) => a * b, 1)), 0, 0.4),
  ]),
);
const images = [1, 2, 3].map((seed) =>
  Uint8Array.from({ length: 2 * 9 * 11 }, (_, k) => (k * k * seed * 31) % 256),
);
const module = await loadKernelModule('plain');
const live = createLiveModel(module, spec, parameters);

describe('a live model', () => {
  test('has the logits of prediction to the last bit, by layers and as a whole', () => {
    const classNames = [...'abcd'];
    const answers = predict({ module, model, parameters, classNames }, images);
    images.forEach((image, k) => {
      const { values, logits } = live.run(image);
      expect([...logits]).toEqual(answers[k].logits);
      expect([...values[values.length - 1]]).toEqual(answers[k].logits);
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
