import type { ResolvedLayer } from '../calls/resolved.ts';
import type { WindowFacts } from '../settings/window.ts';

/** Numbers of a convolution with their defaults filled in. */
export interface ConvSettings extends WindowFacts {
  readonly groups: number;
  readonly hasBias: boolean;
}

/** A convolution's shape and strategy follow from this. */
export type ConvLayer = Pick<
  ResolvedLayer<ConvSettings>,
  'inputShape' | 'outputShape' | 'settings'
>;

/** Sizes that follow from a convolution's shape; its strategy depends on nothing else. */
export interface ConvShape {
  readonly filters: number;
  readonly channels: number;
  readonly groups: number;
  /** Filters and channels of one group. */
  readonly groupFilters: number;
  readonly groupChannels: number;
  /** Positions of the kernel. */
  readonly taps: number;
  readonly window: WindowFacts;
  readonly hasBias: boolean;
  readonly inputSize: readonly [number, number];
  readonly outputSize: readonly [number, number];
  /** Bytes of one filter's weights. */
  readonly filterBytes: number;
}

/** The same, with the bytes of one shard's maps. */
export interface ConvGeometry extends ConvShape {
  readonly lanes: number;
  /** Bytes of one channel's map. */
  readonly inputPlane: number;
  readonly outputPlane: number;
}

export function toConvShape({ inputShape, outputShape, settings }: ConvLayer): ConvShape {
  const [channels, inputHeight, inputWidth] = inputShape;
  const [filters, outputHeight, outputWidth] = outputShape;
  const { groups, hasBias, ...window } = settings;
  const taps = window.kernelSize[0] * window.kernelSize[1];
  const groupChannels = channels / groups;
  return {
    filters,
    channels,
    groups,
    groupFilters: filters / groups,
    groupChannels,
    taps,
    window,
    hasBias,
    inputSize: [inputHeight, inputWidth],
    outputSize: [outputHeight, outputWidth],
    filterBytes: groupChannels * taps * 4,
  };
}

export function toConvGeometry(layer: ConvLayer, lanes: number): ConvGeometry {
  const shape = toConvShape(layer);
  const planeOf = ([height, width]: readonly [number, number]) => height * width * lanes * 4;
  return {
    ...shape,
    lanes,
    inputPlane: planeOf(shape.inputSize),
    outputPlane: planeOf(shape.outputSize),
  };
}

/** Numbers 0 … groups − 1. */
export function groupsOf({ groups }: ConvShape): number[] {
  return Array.from({ length: groups }, (_, group) => group);
}
