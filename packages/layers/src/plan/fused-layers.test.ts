import type { Shape } from '@convbook/core';
import { expect, test } from 'vitest';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { resolveModel } from '../model/model.ts';
import { residual } from '../residual/residual.ts';
import type { LayerSpec } from '../registry.ts';
import { fuseLayers } from './fused-layers.ts';

const conv = conv2d({ filters: 2, kernelSize: 1 });
const pool = maxPool2d({ size: 2 });
const two = dense({ units: 2 });
const image: Shape = [1, 8, 8];
const same = conv2d({ filters: 1, kernelSize: 1 });

const rows: [want: string, input: Shape, layers: LayerSpec[]][] = [
  ['conv1+relu1+pool1', image, [conv, relu(), pool]],
  ['conv1+pool1+relu1', image, [conv, pool, relu()]],
  ['conv1+relu1', image, [conv, relu()]],
  ['conv1 conv2', image, [conv, conv]],
  ['conv1 pool1', image, [conv, pool]],
  ['conv1+relu1+pool1 relu2', image, [conv, relu(), pool, relu()]],
  ['conv1+relu1+pool1 pool2', image, [conv, relu(), pool, pool]],
  ['conv1+relu1 relu2 pool1', image, [conv, relu(), relu(), pool]],
  ['relu1 pool1 relu2', image, [relu(), pool, relu()]],
  ['dense1+relu1 dense2', [3], [two, relu(), two]],
  ['conv1+relu1 dense1+relu2', image, [conv, relu(), flatten(), two, relu()]],
  ['', image, [flatten()]],
  [
    'conv1 residual1.relu1 residual1.conv1+residual1.relu2 residual1+relu1',
    image,
    [same, residual({ layers: [relu(), same, relu()] }), relu()],
  ],
  [
    'residual1.conv1 residual1.shortcut residual1 residual2.conv1 residual2 pool1',
    image,
    [residual({ layers: [conv] }), residual({ layers: [conv] }), pool],
  ],
];

test.each(rows)('%s', (want, input, layers) => {
  const fused = fuseLayers(resolveModel({ input, layers }));
  const names = fused.map(({ layer, followedBy }) =>
    [layer, ...followedBy].map(({ name }) => name).join('+'),
  );
  expect(names.join(' ')).toBe(want);
});
