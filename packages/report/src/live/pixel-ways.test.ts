// Down and up agree: a pixel is read by exactly the pixels whose computation reads it.
import { createPredictor, type LayerValues, type Predictor } from '@convbook/runtime/network';
import { imagesOf, networkOf, variedModels } from '@convbook/runtime/testing';
import { expect, test } from 'vitest';
import { neighbours } from './explain-across.ts';
import { changesEach } from './explain-each.ts';
import { explainPlace, indexOf, placeAt, type Place } from './explain-place.ts';
import { pixelName, type LayerPixel } from './layer-pixel.ts';
import { pixelBelow, pixelsAdded } from './pixel-below.ts';
import { isRead, usesOf } from './pixel-uses.ts';
import { canShow, shownLayers, type ShownLayer } from './shown-layers.ts';

interface Parts {
  readonly all: readonly ShownLayer[];
  readonly live: Predictor;
  readonly answer: LayerValues;
}

async function partsOf(name: keyof typeof variedModels): Promise<Parts> {
  const spec = variedModels[name];
  const [image] = imagesOf(1, spec.input).values();
  const live = createPredictor(await networkOf(spec, 3, 0.4));
  return { all: shownLayers(live.layers).filter(canShow), live, answer: live.layerValues(image) };
}

/** The pixels that a pixel is made from, as its explanation tells. */
function madeFrom({ all, live, answer }: Parts, one: ShownLayer, place: Place): LayerPixel[] {
  const { layer } = one;
  const explained = explainPlace(live, one, answer, place);
  const at = (map: number, row: number, column: number) =>
    indexOf(layer.inputShape, { map, row, column });
  const below = (indexes: readonly number[]) =>
    indexes.map((index) => pixelBelow(all, one, index)).filter((pixel) => pixel !== null);
  switch (explained.by) {
    case 'products':
      return below(
        explained.terms
          .filter(({ isOutside }) => !isOutside)
          .map(({ channel, row, column }) => at(channel, row, column)),
      );
    case 'window':
      return below(
        explained.places
          .filter(({ isOutside }) => !isOutside)
          .map(({ row, column }) => at(place.map, row, column)),
      );
    case 'softmax':
      return below(explained.inputs.map((_, map) => at(map, place.row, place.column)));
    case 'response': {
      const [first] = neighbours(layer, place.map);
      return below(explained.inputs.map((_, k) => at(first + k, place.row, place.column)));
    }
    case 'sum':
      return Object.values(pixelsAdded(all, { one, place })).filter((pixel) => pixel !== null);
    default:
      return [];
  }
}

test.each(Object.keys(variedModels))('a model of %s', async (name) => {
  const parts = await partsOf(name);
  const { all, live } = parts;
  const pairs = new Map<string, Set<string>>();
  const pixels = new Map<string, LayerPixel>();
  for (const one of all.filter(({ layer }) => !changesEach(layer))) {
    const size = one.layer.outputShape.reduce((product, length) => product * length, 1);
    for (let index = 0; index < size; index++) {
      const place = placeAt(one.layer.outputShape, index);
      for (const child of madeFrom(parts, one, place)) {
        const key = pixelName(child).en;
        pixels.set(key, child);
        pairs.set(key, (pairs.get(key) ?? new Set()).add(pixelName({ one, place }).en));
      }
    }
  }
  expect(pixels.size).toBeGreaterThan(20);
  for (const [key, child] of pixels) {
    const uses = usesOf(live, all, child);
    const names = uses.flatMap(({ one, maps, rows, columns }) =>
      maps.flatMap((map) =>
        rows.flatMap((row) =>
          columns.map((column) => pixelName({ one, place: { map, row, column } }).en),
        ),
      ),
    );
    expect(new Set(names)).toEqual(pairs.get(key));
    for (const { one, strongest } of uses) {
      expect(pairs.get(key)).toContain(pixelName({ one, place: strongest }).en);
      expect(isRead(live, all, child, { one, place: strongest })).toBe(true);
    }
  }
});

test('the way down passes activations and flatten, and ends at the image', async () => {
  const { all } = await partsOf('convolutions and dense layers');
  const named = (name: string, index: number) => {
    const one = all.find(({ layer }) => layer.name === name);
    const below = one && pixelBelow(all, one, index);
    return below ? pixelName(below).en : 'image';
  };
  expect(named('dense2', 6)).toBe('dense1 unit 7');
  expect(named('dense1', 6 + 2 + 1)).toBe('conv2 map 2 (2, 2)');
  expect(named('conv2', 0)).toBe('pool1 map 1 (1, 1)');
  expect(named('pool1', 0)).toBe('conv1 map 1 (1, 1)');
  expect(named('conv1', 0)).toBe('image');
});

test('a pixel of a block is made from its last convolution and its shortcut', async () => {
  const { all } = await partsOf('residual blocks');
  const added = (name: string) => {
    const one = all.find(({ layer }) => layer.name === name);
    if (!one) throw new Error(`${name}: not among the layers`);
    const { layers, shortcut } = pixelsAdded(all, { one, place: { map: 1, row: 2, column: 3 } });
    return [layers, shortcut].map((pixel) => pixel && pixelName(pixel).en);
  };
  expect(added('residual1')).toEqual([
    'residual1.conv2 map 2 (3, 4)',
    'residual1.shortcut map 2 (3, 4)',
  ]);
  expect(added('residual2')).toEqual(['residual2.conv1 map 2 (3, 4)', 'residual1 map 2 (3, 4)']);
});
