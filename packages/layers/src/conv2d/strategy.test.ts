// Every way to compute a convolution, with shapes on both sides of its limit.
import type { Shape } from '@convbook/core';
import { expect, test } from 'vitest';
import { relu } from '../activations/relu.ts';
import { resolveModel } from '../model/model.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import type { LayerSpec } from '../registry.ts';
import { conv2d, conv2dKind, type Conv2dSpec } from './conv2d.ts';
import { strategyOf } from './strategy.ts';

type Settings = Omit<Conv2dSpec, 'kind'>;

function waysOf(inputShape: Shape, settings: Settings, ...after: LayerSpec[]): string[] {
  const spec = conv2d(settings);
  const [, ...followedBy] = resolveModel({ input: inputShape, layers: [spec, ...after] }).layers;
  const conv = { ...conv2dKind.resolve(spec, inputShape, 'conv1'), inputShape };
  const { forward, weightGradient, inputGradient } = strategyOf(conv, followedBy);
  return [forward, weightGradient, inputGradient];
}

const pool = maxPool2d({ size: 2 });
const wide = { filters: 16, kernelSize: 3 };
const late = { filters: 66, kernelSize: 3, padding: 1 };

test.each<[title: string, ways: string[], input: Shape, settings: Settings, after: LayerSpec[]]>([
  ['few channels', ['direct', 'direct', 'direct'], [1, 9, 9], { filters: 4, kernelSize: 3 }, []],
  ['many', ['winograd', 'winograd', 'winograd'], [16, 12, 12], { ...wide, padding: 1 }, []],
  [
    'and ReLU',
    ['winograd', 'winograd', 'winograd'],
    [16, 12, 12],
    { ...wide, padding: 1 },
    [relu()],
  ],
  ['fewer than four tiles', ['winograd', 'direct', 'direct'], [16, 6, 10], wide, []],
  ['5 × 5', ['winograd', 'direct', 'direct'], [6, 12, 12], { filters: 6, kernelSize: 5 }, []],
  ['many weights', ['winograd', 'whole batch winograd', 'winograd'], [63, 4, 4], late, []],
  [
    'many weights, stride 2',
    ['direct', 'whole batch', 'direct'],
    [31, 4, 4],
    { ...late, stride: 2 },
    [],
  ],
  [
    'in groups',
    ['direct', 'direct', 'direct'],
    [64, 4, 4],
    { ...late, filters: 64, groups: 2 },
    [],
  ],
  [
    'pooled',
    ['direct', 'maxima', 'maxima'],
    [8, 9, 9],
    { filters: 4, kernelSize: 3 },
    [relu(), pool],
  ],
  [
    'pooled, one channel',
    ['direct', 'maxima', 'direct'],
    [1, 6, 6],
    { filters: 2, kernelSize: 3 },
    [pool],
  ],
  [
    'pooled, dilated',
    ['direct', 'direct', 'direct'],
    [8, 9, 9],
    { filters: 4, kernelSize: 2, dilation: 2 },
    [pool],
  ],
  [
    'pooled by windows of 64 places',
    ['direct', 'maxima', 'maxima'],
    [8, 17, 17],
    { filters: 4, kernelSize: 2 },
    [maxPool2d({ size: 8 })],
  ],
  [
    'pooled by windows of more',
    ['direct', 'direct', 'direct'],
    [8, 17, 17],
    { filters: 4, kernelSize: 2 },
    [maxPool2d({ size: [8, 9] })],
  ],
  [
    'pooled, many weights',
    ['direct', 'maxima', 'maxima'],
    [63, 4, 4],
    { ...late, kernelSize: 1, padding: 0 },
    [pool],
  ],
])('%s: %j', (_, ways, input, settings, after) => {
  expect(waysOf(input, settings, ...after)).toEqual(ways);
});
