import { resolveModel } from '@convbook/layers';
import { createPredictor } from '@convbook/runtime';
import { imagesOf, networkOf, variedModels } from '@convbook/runtime/testing';
import { describe, expect, test } from 'vitest';
import { canExplain, explainPixel } from './explain-pixel.ts';

describe.each(Object.entries(variedModels))('a model of %s', (_, spec) => {
  const [image] = imagesOf(1, spec.input).values();

  test.each(resolveModel(spec).layers.filter(canExplain))(
    '$name: every sum is the activation',
    async (layer) => {
      const live = createPredictor(await networkOf(spec, 3, 0.4));
      const k = live.layers.findIndex(({ name }) => name === layer.name);
      const { values } = live.layerValues(image);
      const [filters, height = 1, width = 1] = layer.outputShape;
      const sums = Array.from({ length: filters * height * width }, (_value, place) => {
        const [row, column] = [Math.floor(place / width) % height, place % width];
        const filter = Math.floor(place / (height * width));
        return explainPixel(layer, live.parametersOf(layer), values[k], filter, row, column).sum;
      });
      expect(sums).toEqual([...values[k + 1]]);
    },
  );
});
