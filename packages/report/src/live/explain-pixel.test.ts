import { resolveModel } from '@convbook/layers';
import { createPredictor } from '@convbook/runtime/network';
import { imagesOf, networkOf, variedModels } from '@convbook/runtime/testing';
import { describe, expect, test } from 'vitest';
import { explainPixel, explainSum, isSum } from './explain-pixel.ts';
import { canShow, shownLayers } from './shown-layers.ts';

describe.each(Object.entries(variedModels))('a model of %s', (_, spec) => {
  const [image] = imagesOf(1, spec.input).values();
  const shown = shownLayers(resolveModel(spec).layers).filter(canShow);

  test.each(shown.map((one) => ({ ...one, name: one.layer.name })))(
    '$name: every sum is the activation',
    async ({ layer, input, output }) => {
      const live = createPredictor(await networkOf(spec, 3, 0.4));
      const answer = live.layerValues(image);
      const x = input(answer);
      const [filters, height = 1, width = 1] = layer.outputShape;
      const sums = Array.from({ length: filters * height * width }, (_value, place) => {
        if (isSum(layer)) return explainSum(layer, x, answer.inner, place).sum;
        const [row, column] = [Math.floor(place / width) % height, place % width];
        const filter = Math.floor(place / (height * width));
        return explainPixel(layer, live.parametersOf(layer), x, filter, row, column).sum;
      });
      expect(sums).toEqual([...output(answer)]);
    },
  );
});

test('layers inside a block come after it, its shortcut last', () => {
  const names = shownLayers(resolveModel(variedModels['residual blocks']).layers)
    .filter(canShow)
    .map(({ layer }) => layer.name);
  expect(names).toEqual([
    'residual1',
    'residual1.conv1',
    'residual1.conv2',
    'residual1.shortcut',
    'residual2',
    'residual2.conv1',
    'residual3',
    'residual3.dense1',
    'dense1',
  ]);
});
