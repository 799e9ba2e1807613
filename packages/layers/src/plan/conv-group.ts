// conv2d with what follows it. Forward runs a block of filters at a time, so that a block's map is
// still in cache when it is pooled.
import { elementCount } from '@convbook/core';
import type { ResolvedLayer } from '../model.ts';
import { forwardTaps, gradientTaps, windowProgram } from '../window-program.ts';
import { call, type Call } from './call.ts';
import { filterTile, groupsOf, toConvGeometry, type ConvGeometry } from './conv-geometry.ts';
import {
  pooledInputGradientCalls,
  pooledWeightGradientCalls,
  scattersMaxima,
  visitsMaximaOnly,
} from './conv-pooled-gradient.ts';
import { weightGradientCalls } from './conv-weight-gradient.ts';
import { convKeepCalls, outweighsMaps } from './conv-whole-batch.ts';
import {
  usesWinograd,
  winogradForwardCalls,
  winogradInputGradientCalls,
  winogradPrepareCalls,
  type Direction,
} from './conv-winograd.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';
import { after, type Place } from './place.ts';
import { poolCalls } from './pool-group.ts';

export function planConvGroup(context: GroupContext): GroupPlan {
  const [conv, ...rest] = context.layers;
  const pool = rest.find((layer) => layer.spec.kind === 'maxPool2d');
  const hasRelu = rest.some((layer) => layer.spec.kind === 'relu');
  const geometry = toConvGeometry(conv, context.lanes);
  return pool
    ? planPooled(context, geometry, pool, hasRelu)
    : planPlain(context, geometry, hasRelu);
}

function planPlain(context: GroupContext, geometry: ConvGeometry, hasRelu: boolean): GroupPlan {
  const { output, outputGradient } = context;
  const { filters, groupFilters, outputPlane } = geometry;
  const transformed = transformedWeights(context, geometry, 'forward');
  const forward = transformed
    ? winogradForwardCalls(context, geometry, transformed, output, hasRelu)
    : groupsOf(geometry).map((group) => {
        const first = group * groupFilters;
        const out = after(output, first * outputPlane);
        return convolveCall(context, geometry, out, first, groupFilters, hasRelu);
      });
  if (!outputGradient) return { forward, backward: [] };
  const vectors = (filters * outputPlane) / 16;
  return {
    forward,
    prepare: prepareCalls(context, geometry, context.inputGradient !== null),
    backward: [
      ...(hasRelu
        ? [call('reluGradient', { dX: outputGradient, dY: outputGradient, y: output, vectors })]
        : []),
      ...(outweighsMaps(context.layers)
        ? convKeepCalls(context, geometry, outputGradient)
        : weightGradientCalls(context, geometry, outputGradient)),
      ...inputGradientCalls(context, geometry, outputGradient),
    ],
  };
}

function planPooled(
  context: GroupContext,
  geometry: ConvGeometry,
  pool: ResolvedLayer,
  hasRelu: boolean,
): GroupPlan {
  const { arena, output, outputGradient, lanes } = context;
  const { filters, groupFilters, outputPlane } = geometry;
  const pooling = poolCalls(pool, context);
  const index = arena.take(elementCount(pool.outputShape) * lanes * 2);
  const mark = arena.mark();
  const transformed = transformedWeights(context, geometry, 'forward');
  const count = transformed ? filters : Math.min(filterTile, groupFilters);
  const map = arena.take(count * outputPlane);
  let forward: Call[] = [];
  if (transformed) {
    forward = [
      ...winogradForwardCalls(context, geometry, transformed, map, false),
      pooling.forward(output, index, map, filters, hasRelu),
    ];
  } else {
    for (const group of groupsOf(geometry)) {
      for (const block of filterBlocks(groupFilters)) {
        const first = group * groupFilters + block.first;
        const pooledAt = first * pooling.outputPlane;
        forward.push(
          convolveCall(context, geometry, map, first, block.count, false),
          pooling.forward(
            after(output, pooledAt),
            after(index, pooledAt / 2),
            map,
            block.count,
            hasRelu,
          ),
        );
      }
    }
  }
  arena.release(mark);
  if (!outputGradient) return { forward, backward: [] };
  const maximaOnly = visitsMaximaOnly(geometry);
  const scatters = maximaOnly && scattersMaxima(geometry, pool);
  let backward = maximaOnly ? pooledWeightGradientCalls(context, geometry, pool, index) : [];
  if (context.inputGradient && scatters) {
    backward = [...backward, ...pooledInputGradientCalls(context, geometry, pool, index)];
  } else if (context.inputGradient || !maximaOnly) {
    const gradient = arena.take(filters * outputPlane);
    backward = [
      ...backward,
      ...pooling.backward(gradient, outputGradient, index, filters),
      ...(maximaOnly ? [] : weightGradientCalls(context, geometry, gradient)),
      ...inputGradientCalls(context, geometry, gradient),
    ];
  }
  arena.release(mark);
  const needsTurned = context.inputGradient !== null && !scatters;
  return { forward, backward, prepare: prepareCalls(context, geometry, needsTurned) };
}

// Tiles of the kernel: four filters, two where two are left; one or three that are left overlap the
// block before and write the same values again.
function filterBlocks(filters: number): { readonly first: number; readonly count: number }[] {
  return Array.from({ length: Math.ceil(filters / filterTile) }, (_, block) => {
    const first = block * filterTile;
    const left = filters - first;
    if (left >= filterTile || left === 2 || filters < filterTile) {
      return { first, count: Math.min(filterTile, left) };
    }
    return { first: filters - filterTile, count: filterTile };
  });
}

// Null where the layer is computed directly: in evaluation always.
function transformedWeights(
  { batch, layers }: GroupContext,
  geometry: ConvGeometry,
  direction: Direction,
): Place | null {
  if (!usesWinograd(geometry, direction)) return null;
  return batch?.prepared.get(layers[0].name) ?? null;
}

function prepareCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  needsInputGradient: boolean,
): Call[] {
  const weights = context.batch?.prepared.get(context.layers[0].name);
  return weights ? winogradPrepareCalls(context, geometry, weights, needsInputGradient) : [];
}

// `filters` filters of one group, from `firstFilter` on.
function convolveCall(
  { input, lanes, parameter, tables }: GroupContext,
  geometry: ConvGeometry,
  out: Place,
  firstFilter: number,
  filters: number,
  hasRelu: boolean,
): Call {
  const { groupChannels, groupFilters, taps, window, inputSize, outputSize } = geometry;
  const { kernelSize, stride, padding, dilation } = window;
  const axis = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i], dilation[i]);
  const program = windowProgram(axis(0), axis(1), inputSize[1], kernelSize[1], lanes);
  const group = Math.floor(firstFilter / groupFilters);
  return call('convolve', {
    out,
    outPlane: geometry.outputPlane,
    source: after(input, group * groupChannels * geometry.inputPlane),
    sourcePlane: geometry.inputPlane,
    weights: after(parameter('weight'), firstFilter * geometry.filterBytes),
    weightOutStride: geometry.filterBytes,
    weightSourceStride: taps * 4,
    bias: geometry.hasBias ? after(parameter('bias'), firstFilter * 4) : null,
    outChannels: filters,
    sourceChannels: groupChannels,
    program: tables.place(program),
    relu: hasRelu ? 1 : 0,
  });
}

function inputGradientCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  const { lanes, inputGradient, parameter, tables } = context;
  if (!inputGradient) return [];
  const transformed = transformedWeights(context, geometry, 'inputGradient');
  if (transformed) return winogradInputGradientCalls(context, geometry, transformed, gradient);
  const { groupFilters, groupChannels, taps, window, inputSize, outputSize } = geometry;
  const { inputPlane, outputPlane, filterBytes } = geometry;
  const { kernelSize, stride, padding, dilation } = window;
  const axis = (i: 0 | 1) =>
    gradientTaps(inputSize[i], outputSize[i], kernelSize[i], stride[i], padding[i], dilation[i]);
  const program = tables.place(
    windowProgram(axis(0), axis(1), outputSize[1], kernelSize[1], lanes),
  );
  return groupsOf(geometry).map((group) =>
    call('convolve', {
      out: after(inputGradient, group * groupChannels * inputPlane),
      outPlane: inputPlane,
      source: after(gradient, group * groupFilters * outputPlane),
      sourcePlane: outputPlane,
      weights: after(parameter('weight'), group * groupFilters * filterBytes),
      weightOutStride: taps * 4,
      weightSourceStride: filterBytes,
      bias: null,
      outChannels: groupChannels,
      sourceChannels: groupFilters,
      program,
      relu: 0,
    }),
  );
}
