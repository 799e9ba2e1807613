// A convolution position by position: one kernel computes the map, and the input's gradient from the
// map's; another sums the weights' gradient.
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import {
  forwardTaps,
  gradientTaps,
  windowProgram,
  type AxisTaps,
} from '../calls/window-program.ts';
import { tileSumsBytes } from '../calls/tile-sums.ts';
import { groupsOf, type ConvGeometry } from './geometry.ts';
import { padSource } from './pad-source.ts';

/** Neighbouring filters of one group. */
export interface FilterRange {
  readonly first: number;
  readonly count: number;
}

/** The filters of each group. */
export function groupRanges(geometry: ConvGeometry): FilterRange[] {
  const count = geometry.groupFilters;
  return groupsOf(geometry).map((group) => ({ first: group * count, count }));
}

/** Maps of some filters, with ReLU where it is wanted. */
export function convolveCall(
  { input, parameter, tables }: EvaluationContext,
  geometry: ConvGeometry,
  { first, count }: FilterRange,
  out: Place,
  hasRelu: boolean,
): Call {
  const { groupChannels, groupFilters, inputPlane, outputPlane, filterBytes } = geometry;
  const group = Math.floor(first / groupFilters);
  return call('convolve', {
    out,
    outPlane: outputPlane,
    source: after(input, group * groupChannels * inputPlane),
    sourcePlane: inputPlane,
    weights: after(parameter('weight'), first * filterBytes),
    weightOutStride: filterBytes,
    weightSourceStride: geometry.taps * 4,
    bias: geometry.hasBias ? after(parameter('bias'), first * 4) : null,
    outChannels: count,
    sourceChannels: groupChannels,
    program: tables.place(forwardProgram(geometry)),
    relu: hasRelu ? 1 : 0,
  });
}

function forwardProgram({ window, inputSize, outputSize, lanes }: ConvGeometry): Int32Array {
  const { kernelSize, stride, padding, dilation } = window;
  const axis = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i], dilation[i]);
  return windowProgram(axis(0), axis(1), inputSize[1], kernelSize[1], lanes);
}

/** The weights as the input's gradient reads them. */
export interface WeightOrder {
  readonly weights: Place;
  /** Bytes from a channel to the next, and from a filter. */
  readonly channelStride: number;
  readonly filterStride: number;
  /** Place of each tap of a filter; default its number. */
  readonly places?: readonly number[];
}

/** From the gradient of the map to that of the input: channels and filters swap roles. */
export function directInputGradientCalls(
  { parameter, tables }: TrainingContext,
  geometry: ConvGeometry,
  gradient: Place,
  inputGradient: Place,
  order: WeightOrder = {
    weights: parameter('weight'),
    channelStride: geometry.taps * 4,
    filterStride: geometry.filterBytes,
  },
): Call[] {
  const { groupFilters, groupChannels, inputPlane, outputPlane } = geometry;
  const program = tables.place(gradientProgram(geometry, order.places));
  return groupsOf(geometry).map((group) =>
    call('convolve', {
      out: after(inputGradient, group * groupChannels * inputPlane),
      outPlane: inputPlane,
      source: after(gradient, group * groupFilters * outputPlane),
      sourcePlane: outputPlane,
      weights: after(order.weights, group * groupFilters * order.filterStride),
      weightOutStride: order.channelStride,
      weightSourceStride: order.filterStride,
      bias: null,
      outChannels: groupChannels,
      sourceChannels: groupFilters,
      program,
      relu: 0,
    }),
  );
}

function gradientProgram(geometry: ConvGeometry, places?: readonly number[]): Int32Array {
  const { window, inputSize, outputSize, lanes } = geometry;
  const { kernelSize, stride, padding, dilation } = window;
  const axis = (i: 0 | 1) =>
    gradientTaps(inputSize[i], outputSize[i], kernelSize[i], stride[i], padding[i], dilation[i]);
  return windowProgram(axis(0), axis(1), outputSize[1], kernelSize[1], lanes, places);
}

/**
 * The weights' gradient. The kernel needs every tap at every position: where the convolution pads, it
 * reads a padded copy of the input.
 */
export function directWeightGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  const { arena, tables } = context;
  const { groupFilters, groupChannels, taps, outputPlane, filterBytes } = geometry;
  const mark = arena.mark();
  const sums = arena.take(tileSumsBytes);
  const source = padSource(context, geometry);
  arena.release(mark);
  const offsets = tables.place(tapOffsets(geometry, source.width, source.plane));
  const program = tables.place(startProgram(geometry, source.width));
  return [
    ...source.calls,
    ...groupRanges(geometry).map(({ first }, group) =>
      call('convolveWeightGradient', {
        dWeights: after(context.gradient('weight'), first * filterBytes),
        filterStride: filterBytes,
        columnStride: 4,
        dY: after(gradient, first * outputPlane),
        yPlane: outputPlane,
        source: after(source.place, group * groupChannels * source.plane),
        offsets,
        filters: groupFilters,
        columns: groupChannels * taps,
        program,
        divisor: 1,
        sums,
      }),
    ),
  ];
}

// Bytes from where a window starts to each of its taps, channel by channel.
function tapOffsets(
  { groupChannels, taps, window, lanes }: ConvGeometry,
  width: number,
  plane: number,
): Int32Array {
  const { kernelSize, dilation } = window;
  return Int32Array.from({ length: groupChannels * taps }, (_, j) => {
    const [channel, tap] = [Math.floor(j / taps), j % taps];
    const [row, column] = [Math.floor(tap / kernelSize[1]), tap % kernelSize[1]];
    const position = row * dilation[0] * width + column * dilation[1];
    return channel * plane + position * lanes * 4;
  });
}

// Where the windows start.
function startProgram({ window, outputSize, lanes }: ConvGeometry, width: number): Int32Array {
  const { kernelSize, stride } = window;
  const starts = (i: 0 | 1): AxisTaps =>
    Array.from({ length: outputSize[i] }, (_, output) => [{ tap: 0, source: output * stride[i] }]);
  return windowProgram(starts(0), starts(1), width, kernelSize[1], lanes);
}
