import type { WindowFacts } from '../settings/window.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';

/** Sizes of a convolution as its kernel calls need them. Bytes are of one shard. */
export interface ConvGeometry {
  readonly filters: number;
  readonly channels: number;
  readonly groups: number;
  /** Of one group. */
  readonly groupFilters: number;
  readonly groupChannels: number;
  /** Positions of the kernel. */
  readonly taps: number;
  readonly window: WindowFacts;
  readonly hasBias: boolean;
  readonly inputSize: readonly [number, number];
  readonly outputSize: readonly [number, number];
  /** Bytes of one channel's map. */
  readonly inputPlane: number;
  readonly outputPlane: number;
  /** Bytes of one filter's weights. */
  readonly filterBytes: number;
}

/** Without `lanes` no shard is meant, and bytes of maps are 0. */
export function toConvGeometry(conv: ResolvedLayer, lanes = 0): ConvGeometry {
  const [channels, inputHeight, inputWidth] = conv.inputShape;
  const [filters, outputHeight, outputWidth] = conv.outputShape;
  const window = conv.window as WindowFacts;
  const groups = window.groups ?? 1;
  const taps = window.kernelSize[0] * window.kernelSize[1];
  const groupChannels = channels / groups;
  return {
    ...{ filters, channels, groups, groupChannels, taps, window },
    groupFilters: filters / groups,
    hasBias: conv.parameters.some(({ shortName }) => shortName === 'bias'),
    inputSize: [inputHeight, inputWidth],
    outputSize: [outputHeight, outputWidth],
    inputPlane: inputHeight * inputWidth * lanes * 4,
    outputPlane: outputHeight * outputWidth * lanes * 4,
    filterBytes: groupChannels * taps * 4,
  };
}

/** Numbers 0 … groups − 1. */
export function groupsOf({ groups }: ConvGeometry): number[] {
  return Array.from({ length: groups }, (_, group) => group);
}
