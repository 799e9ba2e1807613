// Layers that change each number by itself, in the kernels' own precision.
import type { ActivationName } from '@convbook/core/reference';
import type { ResolvedLayer } from '@convbook/layers';
import { activationValue } from './activation-value.ts';

/** How a number is changed. */
export type Change =
  | { readonly how: 'same' }
  | { readonly how: 'relu' }
  | { readonly how: 'slope'; readonly slope: number }
  | { readonly how: 'curve'; readonly name: ActivationName; readonly parameter: number }
  /** (input − mean) · scale + bias. */
  | {
      readonly how: 'normalize';
      readonly mean: number;
      readonly scale: number;
      readonly bias: number;
    };

/** One number changed by itself. */
export interface EachExplanation {
  readonly input: number;
  readonly change: Change;
  readonly value: number;
}

type Parameters = Readonly<Record<string, Float32Array>>;

/** Whether a layer changes each number by itself. */
export function changesEach({ spec }: ResolvedLayer): boolean {
  return spec.kind in changes;
}

/** How one number of a layer's output comes about; `channel` is its map, or its place where there are none. */
export function explainEach(
  layer: ResolvedLayer,
  parameters: Parameters,
  input: number,
  channel: number,
): EachExplanation {
  const change = changeOf(layer.spec, parameters, channel);
  return { input, change, value: valueAfter(change, input) };
}

const changes: Readonly<Record<string, true>> = {
  relu: true,
  dropout: true,
  batchNorm: true,
  prelu: true,
  sigmoid: true,
  tanh: true,
  softplus: true,
  leakyRelu: true,
  elu: true,
  gelu: true,
  silu: true,
};

function changeOf(spec: ResolvedLayer['spec'], parameters: Parameters, channel: number): Change {
  switch (spec.kind) {
    case 'relu':
      return { how: 'relu' };
    case 'prelu':
      return { how: 'slope', slope: parameters.weight[channel] };
    case 'batchNorm':
      return normalization(parameters, channel, spec.epsilon ?? 1e-5);
    case 'leakyRelu':
      return { how: 'curve', name: spec.kind, parameter: spec.slope ?? 0.01 };
    case 'elu':
      return { how: 'curve', name: spec.kind, parameter: spec.alpha ?? 1 };
    case 'sigmoid':
    case 'tanh':
    case 'softplus':
    case 'gelu':
    case 'silu':
      return { how: 'curve', name: spec.kind, parameter: 0 };
    // Dropout changes nothing in a prediction.
    default:
      return { how: 'same' };
  }
}

function normalization(
  { weight, bias, running_mean: mean, running_var: variance }: Parameters,
  channel: number,
  epsilon: number,
): Change {
  const deviation = Math.sqrt(variance[channel] + epsilon);
  const scale = Math.fround(weight[channel] * (1 / deviation));
  return { how: 'normalize', mean: mean[channel], scale, bias: bias[channel] };
}

function valueAfter(change: Change, input: number): number {
  switch (change.how) {
    case 'same':
      return input;
    case 'relu':
      return Math.max(0, input);
    case 'slope':
      return input > 0 ? input : Math.fround(change.slope * input);
    case 'curve':
      return activationValue(change.name, input, change.parameter);
    case 'normalize': {
      const scaled = Math.fround(Math.fround(input - change.mean) * change.scale);
      return Math.fround(scaled + change.bias);
    }
    default:
      return change satisfies never;
  }
}
