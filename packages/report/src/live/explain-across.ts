// Numbers made from several channels at one place, in the kernels' own order and precision.
import type { ResolvedLayer } from '@convbook/layers';
import { exponential, logarithm } from './kernel-math.ts';

const { fround } = Math;

/** One softmax probability: e^(x − largest) divided by the sum of these over all channels. */
export interface SoftmaxExplanation {
  readonly inputs: readonly number[];
  readonly largest: number;
  /** e^(x − largest) of each channel. */
  readonly powers: readonly number[];
  readonly sum: number;
  readonly value: number;
}

/** One number of a local response normalization: x / (k + alpha · Σ x²)^beta over neighbouring channels. */
export interface ResponseExplanation {
  readonly input: number;
  /** The first of the neighbouring channels, and the value of each. */
  readonly first: number;
  readonly inputs: readonly number[];
  readonly sum: number;
  readonly k: number;
  readonly alpha: number;
  readonly beta: number;
  /** (k + alpha · sum)^−beta. */
  readonly factor: number;
  readonly value: number;
}

/** Whether `explainSoftmax` knows how this layer computes. */
export function isSoftmax({ spec }: ResolvedLayer): boolean {
  return spec.kind === 'softmax';
}

/** Whether `explainResponse` knows how this layer computes. */
export function isResponse({ spec }: ResolvedLayer): boolean {
  return spec.kind === 'localResponseNorm';
}

/** How a probability comes about, from the layer's input. */
export function explainSoftmax(
  { inputShape }: ResolvedLayer,
  input: Float32Array,
  channel: number,
  position: number,
): SoftmaxExplanation {
  const inputs = acrossChannels(input, inputShape[0], position);
  const largest = inputs.reduce((most, value) => (value > most ? value : most));
  const powers = inputs.map((value) => exponential(value === largest ? 0 : value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return { inputs, largest, powers, sum, value: fround(powers[channel] / sum) };
}

/** The channels that a normalized number is compared with, from the first to the last. */
export function neighbours(
  { spec, inputShape }: ResolvedLayer,
  channel: number,
): readonly [number, number] {
  const half = spec.kind === 'localResponseNorm' ? ((spec.size ?? 5) - 1) / 2 : 0;
  return [Math.max(0, channel - half), Math.min(inputShape[0] - 1, channel + half)];
}

/** How a normalized number comes about, from the layer's input. */
export function explainResponse(
  layer: ResolvedLayer,
  input: Float32Array,
  channel: number,
  position: number,
): ResponseExplanation {
  const { k, alpha, beta } = responseNumbers(layer);
  const channels = acrossChannels(input, layer.inputShape[0], position);
  const [first, last] = neighbours(layer, channel);
  const inputs = channels.slice(first, last + 1);
  const sum = inputs.reduce((total, value) => fround(total + fround(value * value)), 0);
  const scale = fround(k + fround(alpha * sum));
  const factor = fround(exponential(-beta * logarithm(scale)));
  const own = channels[channel];
  return { input: own, first, inputs, sum, k, alpha, beta, factor, value: fround(own * factor) };
}

/** The numbers of the formula, as the kernel has them: alpha is already divided by the size. */
function responseNumbers({ spec }: ResolvedLayer) {
  if (spec.kind !== 'localResponseNorm') return { k: 1, alpha: 0, beta: 1 };
  const { size = 5, alpha = 1e-4, beta = 0.75, k = 2, divideAlpha = true } = spec;
  return { k: fround(k), alpha: fround(divideAlpha ? alpha / size : alpha), beta };
}

/** The value of each channel at one position. */
function acrossChannels(input: Float32Array, channels: number, position: number): number[] {
  const area = input.length / channels;
  return Array.from({ length: channels }, (_, channel) => input[channel * area + position]);
}
