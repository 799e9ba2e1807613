// Layers with numbers of each channel: batch normalization with its running statistics, and parametric ReLU.
import { includesRelu } from '../activations/relu.ts';
import type { BatchNormSettings } from '../batch-norm/calls.ts';
import { call } from '../calls/call.ts';
import type { ImageContext, ImageKind } from './image-kind.ts';
import { paddedChannels, positionsOf, takeImages } from './image-map.ts';

export const batchNormImages: ImageKind<BatchNormSettings> = {
  fuses: [['relu']],
  plan(context) {
    const { layer, stored, followedBy } = context;
    const { output, sizes } = rowsOf(context);
    const channels = sizes.vectors * 4;
    const numbers = stored.place(layer.name, 3 * channels, (floats) => {
      fillNumbers(floats, channels, context);
    });
    const relu = includesRelu(followedBy) ? 1 : 0;
    return { output, calls: [call('normalizeImage', { ...sizes, numbers, relu })] };
  },
};

/** Means, scales and shifts, rounded as the kernel `batchNorm` does. */
function fillNumbers(
  floats: Float32Array,
  channels: number,
  { layer, parameter }: ImageContext<BatchNormSettings>,
): void {
  const [weight, variance] = [parameter('weight'), parameter('running_var')];
  floats.set(parameter('running_mean'));
  const { epsilon } = layer.settings;
  variance.forEach((value, c) => {
    floats[channels + c] = weight[c] * (1 / Math.sqrt(value + epsilon));
  });
  floats.set(parameter('bias'), 2 * channels);
}

export const preluImages: ImageKind = {
  plan(context) {
    const { layer, stored, parameter } = context;
    const { output, sizes } = rowsOf(context);
    const weights = stored.place(layer.name, sizes.vectors * 4, (floats) => {
      floats.set(parameter('weight'));
    });
    return { output, calls: [call('preluImage', { ...sizes, weights })] };
  },
};

function rowsOf({ input, samples, arena }: ImageContext) {
  const output = takeImages(arena, input.size, samples);
  const positions = samples * positionsOf(input);
  const sizes = {
    y: output.place,
    x: input.place,
    positions,
    vectors: paddedChannels(input.size[0]) / 4,
  };
  return { output, sizes };
}
