// Layers that change each number by itself, in the kernels' own precision: each step is rounded to float32.
import type { ResolvedLayer } from '@convbook/layers';

/** A normalization of one number: (input − mean) · scale + bias. */
export interface Normalization {
  readonly mean: number;
  readonly scale: number;
  readonly bias: number;
}

/** One number changed by itself. */
export interface EachExplanation {
  readonly input: number;
  readonly value: number;
  /** Whether what is below 0 becomes 0. */
  readonly isRelu: boolean;
  /** Null where the layer does not normalize. */
  readonly normalization: Normalization | null;
}

/** Whether `explainEach` knows how this layer computes. */
export function changesEach({ spec }: ResolvedLayer): boolean {
  return spec.kind === 'relu' || spec.kind === 'dropout' || spec.kind === 'batchNorm';
}

/** How one number of a layer's output comes about; `channel` is its map, or its place where there are none. */
export function explainEach(
  { spec }: ResolvedLayer,
  parameters: Readonly<Record<string, Float32Array>>,
  input: number,
  channel: number,
): EachExplanation {
  const isRelu = spec.kind === 'relu';
  const kept = isRelu ? Math.max(0, input) : input;
  if (spec.kind !== 'batchNorm') return { input, value: kept, isRelu, normalization: null };
  const { weight, bias, running_mean: mean, running_var: variance } = parameters;
  const deviation = Math.sqrt(variance[channel] + (spec.epsilon ?? 1e-5));
  const scale = Math.fround(weight[channel] * (1 / deviation));
  const scaled = Math.fround(Math.fround(input - mean[channel]) * scale);
  return {
    input,
    isRelu,
    value: Math.fround(scaled + bias[channel]),
    normalization: { mean: mean[channel], scale, bias: bias[channel] },
  };
}
