import { layerKinds, resolveModel, type ModelSpec } from '@convbook/layers';
import { createPredictor } from '@convbook/runtime/network';
import { imagesOf, networkOf, variedModels } from '@convbook/runtime/testing';
import { describe, expect, test } from 'vitest';
import { explainPlace, indexOf, placeAt, valueOf } from './explain-place.ts';
import { canExplain } from './explain-pixel.ts';
import { nameOfInput } from './input-names.ts';
import { canShow, shownLayers } from './shown-layers.ts';

const models: Readonly<Record<string, ModelSpec>> = {
  ...variedModels,
  'every activation': {
    input: [3, 8, 9],
    layers: [
      { kind: 'conv2d', filters: 6, kernelSize: 3, groups: 3, stride: 2, padding: 1 },
      { kind: 'prelu' },
      { kind: 'conv2d', filters: 4, kernelSize: 1, bias: false },
      { kind: 'leakyRelu', slope: 0.07 },
      { kind: 'localResponseNorm', size: 3, alpha: 0.5, divideAlpha: false },
      { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 2, dilation: 2 },
      { kind: 'elu', alpha: 0.7 },
      { kind: 'softmax' },
      { kind: 'tanh' },
      { kind: 'flatten' },
      { kind: 'dense', units: 9 },
      { kind: 'silu' },
      { kind: 'prelu' },
      { kind: 'dense', units: 9 },
      { kind: 'softplus' },
      { kind: 'dense', units: 3 },
      { kind: 'sigmoid' },
    ],
  },
};

describe.each(Object.entries(models))('a model of %s', (_, spec) => {
  const [image] = imagesOf(1, spec.input).values();
  const shown = shownLayers(resolveModel(spec).layers).filter(canShow);

  test.each(shown.map((one) => ({ ...one, name: one.layer.name })))(
    '$name: every sum is the activation',
    async ({ name: _name, ...one }) => {
      const { layer, output } = one;
      const live = createPredictor(await networkOf(spec, 3, 0.4));
      const answer = live.layerValues(image);
      const values = output(answer);
      const sums = Array.from(values, (_value, index) =>
        valueOf(explainPlace(live, one, answer, placeAt(layer.outputShape, index))),
      );
      expect(values.length).toBeGreaterThan(0);
      expect(sums).toEqual([...values]);
    },
  );
});

test('every kind of layer but flatten can be taken apart', () => {
  const kinds = Object.values(models)
    .flatMap((spec) => shownLayers(resolveModel(spec).layers))
    .filter(canShow)
    .map(({ layer }) => layer.spec.kind);
  const missing = Object.keys(layerKinds).filter((kind) => !kinds.some((own) => own === kind));
  expect(missing).toEqual(['flatten']);
});

test('the sum grows from the bias by each product, rounded to float32 each time', async () => {
  const spec = variedModels['convolutions and dense layers'];
  const [image] = imagesOf(1, spec.input).values();
  const live = createPredictor(await networkOf(spec, 3, 0.4));
  const answer = live.layerValues(image);
  for (const one of shownLayers(live.layers).filter(({ layer }) => canExplain(layer))) {
    const explained = explainPlace(live, one, answer, { map: 1, row: 0, column: 0 });
    if (explained.by !== 'products') throw new Error(`${one.layer.name}: expected products`);
    let sum = Math.fround(explained.bias);
    for (const { product, after, isOutside } of explained.terms) {
      if (!isOutside) sum = Math.fround(sum + product);
      expect(after).toBe(sum);
    }
    expect(explained.terms.at(-1)?.after).toBe(
      one.output(answer)[indexOf(one.layer.outputShape, { map: 1, row: 0, column: 0 })],
    );
  }
});

test('layers inside a block come after it, its shortcut last', () => {
  const names = shownLayers(resolveModel(variedModels['residual blocks']).layers)
    .filter(canShow)
    .map(({ layer }) => layer.name);
  expect(names).toEqual([
    'residual1',
    'residual1.conv1',
    'residual1.bn1',
    'residual1.relu1',
    'residual1.conv2',
    'residual1.bn2',
    'residual1.shortcut',
    'relu1',
    'residual2',
    'residual2.dropout1',
    'residual2.conv1',
    'residual2.tanh1',
    'pool1',
    'residual3',
    'residual3.dense1',
    'dense1',
  ]);
});

test('the inputs of a dense layer are named by the map that they are in', () => {
  const named = (spec: ModelSpec, name: string, index: number) => {
    const one = shownLayers(resolveModel(spec).layers).find(({ layer }) => layer.name === name);
    return one && nameOfInput(one, index).en;
  };
  const { 'convolutions and dense layers': plain, 'residual blocks': blocks } = variedModels;
  // conv2 gives 3 maps of 3 × 2.
  expect(named(plain, 'dense1', 0)).toBe('conv2, map 1, row 1, column 1');
  expect(named(plain, 'dense1', 6 + 2 + 1)).toBe('conv2, map 2, row 2, column 2');
  expect(named(plain, 'dense2', 6)).toBe('relu2, unit 7');
  expect(named(variedModels['normalization, dropout and every pooling'], 'dense1', 3)).toBe(
    'pool3, map 4',
  );
  expect(named(blocks, 'residual3.dense1', 15)).toBe('pool1, map 4, row 2, column 2');
  expect(named(blocks, 'dense1', 2)).toBe('residual3, unit 3');
  const bare: ModelSpec = { input: [1, 2, 3], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 2 }] }; // prettier-ignore
  expect(named(bare, 'dense1', 5)).toBe('image, row 2, column 3');
});
