// Every call of a plan says to which layer and direction it belongs.
import { expect, test } from 'vitest';
import { tanh } from '../activations/elementwise.ts';
import { relu } from '../activations/relu.ts';
import { batchNorm } from '../batch-norm/batch-norm.ts';
import type { Call } from '../calls/call.ts';
import { ConstantTables } from '../calls/constant-tables.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { resolveModel } from '../model/model.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { residual } from '../residual/residual.ts';
import type { LayerSpec } from '../registry.ts';
import { planBatch } from './batch-plan.ts';
import { layOutParameters } from './parameter-layout.ts';

function planOf(input: readonly number[], ...layers: LayerSpec[]) {
  const model = resolveModel({ input, layers });
  return planBatch(model, layOutParameters(model), new ConstantTables(), 8, 8, {
    needsInputGradient: true,
  });
}

const rolesOf = (calls: readonly Call[]) =>
  calls.map(({ kernel, role }) => `${role?.layer ?? ''} ${kernel}: ${role?.direction ?? 'none'}`);

const backwardOf = ({ shards: [{ backward }] }: ReturnType<typeof planOf>) =>
  rolesOf(backward.flatMap(({ calls }) => calls));

test('forward calls name their layer, the others the input and the loss', () => {
  const { shards } = planOf([3], dense({ units: 2 }));
  const [{ load, forward, loss }] = shards;
  expect(rolesOf([load, ...forward[0].calls, loss])).toEqual([
    'input loadBytes: forward',
    'dense1 dense: forward',
    'loss softmaxCrossEntropy: forward',
  ]);
});

test('the transform of the weights, once a step, is part of the forward pass', () => {
  const { prepare } = planOf([16, 10, 10], conv2d({ filters: 16, kernelSize: 3 }));
  expect(new Set(rolesOf(prepare))).toEqual(new Set(['conv1 winogradWeights: forward']));
});

test('preparing calls belong to the gradient that they prepare', () => {
  const conv = conv2d({ filters: 2, kernelSize: 3, padding: 1 });
  expect(backwardOf(planOf([1, 6, 6], conv, relu()))).toEqual([
    'conv1 reluGradient: weight gradient',
    'conv1 clear: weight gradient',
    'conv1 copyPlanes: weight gradient',
    'conv1 convolveWeightGradient: weight gradient',
    'conv1 biasGradient: weight gradient',
    'conv1 convolve: input gradient',
  ]);
});

test('a gradient that visits maxima only', () => {
  const conv = conv2d({ filters: 2, kernelSize: 3 });
  expect(backwardOf(planOf([16, 6, 6], conv, relu(), maxPool2d({ size: 2 })))).toEqual([
    'conv1 toSamples: weight gradient',
    'conv1 pooledWeightGradient: weight gradient',
    'conv1 fromWindowRows: weight gradient',
    'conv1 toWindowRows: input gradient',
    'conv1 pooledInputGradient: input gradient',
    'conv1 fromSamples: input gradient',
  ]);
});

test('spreading a gradient over the map belongs to the first gradient that reads it', () => {
  const after = [relu(), maxPool2d({ size: 2 })];
  const ofInput = planOf([1, 6, 6], conv2d({ filters: 2, kernelSize: 3 }), ...after);
  expect(backwardOf(ofInput).slice(3)).toEqual([
    'conv1 maxPoolGradient: input gradient',
    'conv1 convolve: input gradient',
  ]);
  const dilated = conv2d({ filters: 2, kernelSize: 2, dilation: 2 });
  expect(backwardOf(planOf([1, 6, 6], dilated, ...after))).toEqual([
    'conv1 maxPoolGradient: weight gradient',
    'conv1 convolveWeightGradient: weight gradient',
    'conv1 biasGradient: weight gradient',
    'conv1 convolve: input gradient',
  ]);
});

test('rows are kept for the gradient of the weights, which is computed later', () => {
  const plan = planOf([1, 2, 2], flatten(), dense({ units: 3 }), relu());
  expect(backwardOf(plan)).toEqual([
    'dense1 reluGradient: weight gradient',
    'dense1 copyPlanes: weight gradient',
    'dense1 copyPlanes: weight gradient',
    'dense1 denseInputGradient: input gradient',
  ]);
  expect(rolesOf(plan.gradientItems.flatMap(({ calls }) => calls))).toEqual([
    'dense1 denseWeightGradient: weight gradient',
    'dense1 sumSquares: sum',
    'dense1 wholeBiasGradient: weight gradient',
    'dense1 sumSquares: sum',
  ]);
});

test('where a block begins and ends its calls belong to the block', () => {
  const dot = conv2d({ filters: 1, kernelSize: 1, bias: false });
  const block = residual({ layers: [tanh(), dot] });
  expect(backwardOf(planOf([1, 2, 2], block, relu()))).toEqual([
    'residual1 reluGradient: input gradient',
    'residual1.conv1 convolveWeightGradient: weight gradient',
    'residual1.conv1 convolve: input gradient',
    'residual1.tanh1 activateGradient: input gradient',
    'residual1 add: input gradient',
  ]);
});

test('layers with ReLU at their end have a copy of the gradient of the sum', () => {
  const dot = conv2d({ filters: 2, kernelSize: 1, bias: false });
  const calls = backwardOf(planOf([1, 2, 2], residual({ layers: [dot, relu()] })));
  expect(calls.slice(0, 2)).toEqual([
    'residual1 copyPlanes: input gradient',
    'residual1.shortcut convolveWeightGradient: weight gradient',
  ]);
  expect(calls.at(-1)).toBe('residual1 add: input gradient');
});

test('gradients that shards made are summed', () => {
  const { gradientItems } = planOf([1, 4, 4], conv2d({ filters: 1, kernelSize: 3 }));
  expect(new Set(rolesOf(gradientItems.flatMap(({ calls }) => calls)))).toEqual(
    new Set(['conv1 sumShards: sum', 'conv1 sumSquares: sum']),
  );
});

test('sums over the batch belong to the direction that needs them', () => {
  const { shards } = planOf([3], batchNorm());
  const [{ forward, backward }] = shards;
  const all = [...forward, ...backward].flatMap(({ calls, batchCalls }) => [
    ...calls,
    ...batchCalls,
  ]);
  expect(rolesOf(all)).toEqual([
    'bn1 batchNormSums: forward',
    'bn1 batchNormMeans: forward',
    'bn1 batchNormStatistics: forward',
    'bn1 batchNorm: forward',
    'bn1 batchNormGradientSums: weight gradient',
    'bn1 batchNormMeans: weight gradient',
    'bn1 batchNormGradient: input gradient',
  ]);
});
