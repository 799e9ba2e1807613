import { resolveModel, type ModelSpec } from '@convbook/layers';
import { layerRows } from '@convbook/runtime/network';
import { variedModels } from '@convbook/runtime/testing';
import { expect, test } from 'vitest';
import { shownMaps } from './shown-maps.ts';

/** Rows of a model, in which the maps of each layer have the strengths given by `strength`. */
function rowsOf(spec: ModelSpec, strength: (row: number, map: number) => number) {
  return layerRows(resolveModel(spec)).map((row, k) => {
    const [channels, ...size] = row.layer.outputShape;
    const area = size.reduce((product, length) => product * length, 1);
    const own = Float32Array.from({ length: channels * area }, (_, place) =>
      strength(k, Math.floor(place / area)),
    );
    return { row, values: [own] };
  });
}

const many: ModelSpec = {
  input: [1, 16, 16],
  layers: [
    { kind: 'conv2d', filters: 20, kernelSize: 3 },
    { kind: 'relu' },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'conv2d', filters: 20, kernelSize: 2 },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'avgPool2d', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', units: 3 },
  ],
};

test('what follows a convolution shows its maps in their places, chosen by what goes on', () => {
  // conv1 + relu1, pool1, conv2 + bn1 + relu2, pool2, dense1; each row prefers other maps.
  const rows = rowsOf(many, (row, map) => (row % 2 === 0 ? map + 1 : 20 - map));
  const [conv1, pool1, conv2, pool2, dense1] = shownMaps(rows);
  const six = Array.from({ length: 6 }, (_, k) => k);
  expect(pool1).toEqual({ maps: six, columns: 6 });
  expect(conv1).toEqual(pool1);
  expect(pool2?.maps).toEqual(six);
  expect(conv2).toEqual(pool2);
  expect(dense1?.maps).toEqual([]);
});

test.each(Object.keys(variedModels))(
  'maps of %s keep their place until layers mix them',
  (name) => {
    const rows = rowsOf(variedModels[name], (row, map) => ((map * 7 + row * 3) % 5) + 1);
    const shown = shownMaps(rows);
    rows.forEach(({ row }, k) => {
      const mixes = ['conv2d', 'dense', 'residual'].includes(row.layer.spec.kind);
      const isMap = row.layer.outputShape.length === 3;
      if (k > 0 && isMap && !mixes) expect(shown[k]).toEqual(shown[k - 1]);
      if (isMap) expect(shown[k]?.maps.length).toBe(Math.min(6, row.layer.outputShape[0]));
    });
  },
);

test('maps too large to show are left out, those behind them are not', () => {
  const [large, small] = shownMaps(
    rowsOf(
      {
        input: [1, 200, 200],
        layers: [
          { kind: 'conv2d', filters: 3, kernelSize: 3 },
          { kind: 'maxPool2d', size: 2 },
        ],
      },
      () => 1,
    ),
  );
  expect(large).toBe(null);
  expect(small).toEqual({ maps: [0, 1, 2], columns: 3 });
});
