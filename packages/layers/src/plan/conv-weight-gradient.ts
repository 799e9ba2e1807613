// The kernel wants every tap to have every position: where the convolution pads, so does a copy of
// the input.
import { windowProgram, type AxisTaps } from '../window-program.ts';
import { call, type Call } from './call.ts';
import { groupsOf, type ConvGeometry } from './conv-geometry.ts';
import { usesWinogradGradient, winogradWeightGradientCalls } from './conv-winograd-gradient.ts';
import type { GroupContext } from './group-plan.ts';
import { padSource } from './pad-source.ts';
import { after, type Place } from './place.ts';

export function weightGradientCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  const { filters, outputPlane, hasBias } = geometry;
  const weightCalls = usesWinogradGradient(geometry)
    ? winogradWeightGradientCalls(context, geometry, gradient)
    : directCalls(context, geometry, gradient);
  if (!hasBias) return weightCalls;
  return [
    ...weightCalls,
    call('biasGradient', {
      dBias: context.gradient('bias'),
      dY: gradient,
      yPlane: outputPlane,
      filters,
      vectors: outputPlane / 16,
    }),
  ];
}

function directCalls(context: GroupContext, geometry: ConvGeometry, gradient: Place): Call[] {
  const { lanes, tables } = context;
  const { groupFilters, groupChannels, taps, window, outputSize, outputPlane } = geometry;
  const { kernelSize, stride, dilation } = window;
  const source = padSource(context, geometry);
  const starts = (i: 0 | 1): AxisTaps =>
    Array.from({ length: outputSize[i] }, (_, output) => [{ tap: 0, source: output * stride[i] }]);
  const program = windowProgram(starts(0), starts(1), source.width, kernelSize[1], lanes);
  const offsets = Int32Array.from({ length: groupChannels * taps }, (_, j) => {
    const [channel, tap] = [Math.floor(j / taps), j % taps];
    const [row, column] = [Math.floor(tap / kernelSize[1]), tap % kernelSize[1]];
    const position = row * dilation[0] * source.width + column * dilation[1];
    return channel * source.plane + position * lanes * 4;
  });
  const tapTable = tables.place(offsets);
  const programTable = tables.place(program);
  return [
    ...source.calls,
    ...groupsOf(geometry).map((group) => {
      const firstFilter = group * groupFilters;
      return call('convolveWeightGradient', {
        dWeights: after(context.gradient('weight'), firstFilter * geometry.filterBytes),
        filterStride: geometry.filterBytes,
        dY: after(gradient, firstFilter * outputPlane),
        yPlane: outputPlane,
        source: after(source.place, group * groupChannels * source.plane),
        taps: tapTable,
        filters: groupFilters,
        tapCount: groupChannels * taps,
        program: programTable,
      });
    }),
  ];
}
