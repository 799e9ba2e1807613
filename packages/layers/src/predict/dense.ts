// A dense layer reads a map channel by channel, as a convolution whose window is all of it.
import { includesRelu } from '../activations/relu.ts';
import { convolutionCalls, takeTarget } from './convolution-calls.ts';
import type { ImageKind } from './image-kind.ts';
import { positionsOf, sizeOf, type ImageMap } from './image-map.ts';
import { rowByRow } from './windows.ts';

export const denseImages: ImageKind = {
  fuses: [['relu']],
  plan(context) {
    const { layer, input } = context;
    const [filters] = layer.outputShape;
    const { target, output } = takeTarget(
      context,
      { groups: 1, filters },
      sizeOf(layer.outputShape),
    );
    const { channels, tapOffsets } = orderOf(input);
    const taps = tapOffsets.map((_, tap) => tap);
    const calls = convolutionCalls(context, {
      groups: 1,
      filters,
      channels,
      hasBias: true,
      input,
      source: input.place,
      target,
      windows: { positions: [{ source: 0, out: 0, taps }], tapOffsets },
      sharesTaps: true,
      pools: false,
      hasRelu: includesRelu(context.followedBy),
    });
    return { output, calls };
  },
};

/** The values of a vector are taps of one channel. */
function orderOf(input: ImageMap): { channels: number; tapOffsets: number[] } {
  const [channels, rows, columns] = input.size;
  if (positionsOf(input) === 1) {
    const tapOffsets = Array.from({ length: channels }, (_, c) => c * input.channel);
    return { channels: 1, tapOffsets };
  }
  const tapOffsets = rowByRow([rows, columns]).map(([r, c]) => r * input.row + c * input.column);
  return { channels, tapOffsets };
}
