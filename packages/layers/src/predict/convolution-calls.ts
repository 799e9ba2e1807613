// The kernel calls of a convolution or a dense layer of images.
import { call, type Call } from '../calls/call.ts';
import { after, type Place } from '../calls/place.ts';
import { fillBlocks, groupFloats, paddedFilters, type Filters } from './filter-blocks.ts';
import type { ImageContext } from './image-kind.ts';
import {
  paddedChannels,
  positionsOf,
  takeImages,
  type ImageMap,
  type ImageSize,
} from './image-map.ts';
import { tileProgram } from './tile-program.ts';
import { ofSamples, usedTaps, type Windows } from './windows.ts';

export interface Convolution {
  readonly groups: number;
  /** Filters and channels of one group. */
  readonly filters: number;
  readonly channels: number;
  readonly hasBias: boolean;
  readonly input: ImageMap;
  /** Where the first position's window starts in it. */
  readonly source: Place;
  readonly target: ImageMap;
  readonly windows: Windows;
  /** Whether a position may read taps that lie outside of its input. */
  readonly sharesTaps: boolean;
  /** Whether tiles are pooling windows. */
  readonly pools: boolean;
  readonly hasRelu: boolean;
}

/** Where a convolution writes, and how that becomes its output. */
export interface Target {
  readonly target: ImageMap;
  readonly output: ImageMap;
  readonly finish: readonly Call[];
}

/**
 * Groups write one after another, each over what filled up the one before. The last may need more room than a position
 * has: then positions are farther apart at first.
 */
export function takeTarget(
  { arena, samples }: ImageContext,
  groups: Pick<Filters, 'groups' | 'filters'>,
  size: ImageSize,
): Target {
  const output = takeImages(arena, size, samples);
  const { filters } = groups;
  const most = (groups.groups - 1) * filters + paddedFilters({ filters, hasWholeBlocks: false });
  if (most <= paddedChannels(size[0])) return { target: output, output, finish: [] };
  const wide = takeImages(arena, [most, size[1], size[2]], samples);
  const copy = call('copyPlanes', {
    to: output.place,
    toPlane: 0,
    toRow: output.column,
    from: wide.place,
    fromPlane: 0,
    fromRow: wide.column,
    planes: 1,
    rows: samples * positionsOf(output),
    rowBytes: output.column,
  });
  return { target: wide, output, finish: [copy] };
}

/** A call for each group. */
export function convolutionCalls(context: ImageContext, convolution: Convolution): Call[] {
  const { groups, filters, channels, windows, input, source, target } = convolution;
  const blocks: Filters = {
    groups,
    filters,
    channels,
    taps: windows.tapOffsets.length,
    used: usedTaps(windows),
    hasWholeBlocks: groups === 1 && windows.positions.length === 1,
  };
  const weights = placeWeights(context, blocks);
  const bias = placeBias(context, convolution);
  const callOf = plannedCall(context, convolution, blocks);
  return Array.from({ length: groups }, (_, group) =>
    callOf({
      out: after(target.place, group * filters * 4),
      source: after(source, group * channels * input.channel),
      weights: after(weights, group * groupFloats(blocks) * 4),
      bias: after(bias, group * filters * 4),
    }),
  );
}

interface GroupPlaces {
  readonly out: Place;
  readonly source: Place;
  readonly weights: Place;
  readonly bias: Place;
}

function plannedCall(
  { samples, tables }: ImageContext,
  { channels, windows, input, target, sharesTaps, pools, hasRelu }: Convolution,
  blocks: Filters,
): (places: GroupPlaces) => Call {
  const numbers = {
    sourcePlane: input.channel,
    weightPlane: blocks.used.length * 32,
    channels,
    relu: hasRelu ? 1 : 0,
  };
  if (samples === 1 && blocks.hasWholeBlocks) {
    const taps = tables.place(Int32Array.from(blocks.used, (tap) => windows.tapOffsets[tap]));
    const sizes = { blocks: paddedFilters(blocks) / 8, tapCount: blocks.used.length };
    return (places) => call('convolvePosition', { ...places, ...numbers, ...sizes, taps });
  }
  // Fewer positions than a tile has are those of all samples at once.
  const isOne = windows.positions.length < 4;
  const all = isOne ? ofSamples(windows, samples, input.sample, target.sample) : windows;
  const sizes = {
    outSample: target.sample,
    sourceSample: input.sample,
    samples: isOne ? 1 : samples,
    filters: paddedFilters(blocks),
    program: tables.place(tileProgram(all, blocks.used, sharesTaps)),
    pools: pools ? 1 : 0,
  };
  return (places) => call('convolveImage', { ...places, ...numbers, ...sizes });
}

function placeWeights({ layer, stored, parameter }: ImageContext, blocks: Filters): Place {
  return stored.place(`${layer.name}.weight`, blocks.groups * groupFloats(blocks), (floats) => {
    fillBlocks(floats, parameter('weight'), blocks);
  });
}

function placeBias(
  { layer, stored, parameter }: ImageContext,
  { groups, filters, hasBias }: Convolution,
): Place {
  return stored.place(`${layer.name}.bias`, paddedChannels(groups * filters) + 8, (floats) => {
    if (hasBias) floats.set(parameter('bias'));
  });
}
