// The weights' gradient of a convolution from the whole batch: for late layers, whose weights are
// many and whose maps are small.
import { elementCount } from '@convbook/core';
import type { ResolvedLayer } from '../model.ts';
import { forwardTaps, type AxisTaps } from '../window-program.ts';
import { call, type Call } from './call.ts';
import { toConvGeometry, type ConvGeometry } from './conv-geometry.ts';
import {
  hasWinogradGradient,
  winogradKeepCalls,
  winogradKeeps,
  winogradWholeBatchItems,
} from './conv-winograd-gradient.ts';
import { gradientItem, oneRow, type GradientItem } from './gradient-item.ts';
import type { GroupContext } from './group-plan.ts';
import { after, type Place } from './place.ts';
import { filterParts, keepRows, type WholeBatchContext } from './whole-batch.ts';

/**
 * How many weights there are for each value of a sample's maps: with as many, keeping the maps of a
 * batch of 100 costs less than copies of the gradient for its shards, and both stay in the cache.
 */
const weightsPerValue = 16;

/** Whether a convolution's weights outweigh its maps; followed by pooling, it has a way of its own. */
export function outweighsMaps([conv, ...rest]: readonly ResolvedLayer[]): boolean {
  const values = elementCount(conv.inputShape) + elementCount(conv.outputShape);
  const weights = elementCount(conv.parameters[0].shape);
  const isPooled = rest.some(({ spec }) => spec.kind === 'maxPool2d');
  return !isPooled && (conv.window?.groups ?? 1) === 1 && weights >= weightsPerValue * values;
}

/** Transformed tiles, or input and output gradient. */
export function convKeeps(layer: ResolvedLayer): number[] {
  return hasWinogradGradient(toConvGeometry(layer))
    ? winogradKeeps(layer)
    : [elementCount(layer.inputShape), elementCount(layer.outputShape)];
}

/** What a shard keeps. */
export function convKeepCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  if (hasWinogradGradient(geometry)) return winogradKeepCalls(context, geometry, gradient);
  const arrays = [context.input, gradient];
  return convKeeps(context.layers[0]).map((rows, which) =>
    keepRows(context, which, arrays[which], rows),
  );
}

/** The weights by filters. */
export function planConvWholeBatch(context: WholeBatchContext): GradientItem[] {
  const { layer, batchSize, kept, rowBytes, gradient } = context;
  const geometry = toConvGeometry(layer);
  const { filters, outputSize, hasBias } = geometry;
  const items = hasWinogradGradient(geometry)
    ? winogradWholeBatchItems(context)
    : directItems(context);
  if (!hasBias) return items;
  const dBias = gradient('bias');
  const biasItem = gradientItem(`${layer.name}.bias`, oneRow(dBias, filters), [
    call('wholeBiasGradient', {
      dBias,
      dY: kept.at(-1) as Place,
      yPlane: outputSize[0] * outputSize[1] * rowBytes,
      filters,
      divisor: batchSize,
    }),
  ]);
  return [...items, biasItem];
}

function directItems(context: WholeBatchContext): GradientItem[] {
  const { layer, batchSize, kept, rowBytes, gradient, tables } = context;
  const [x, dY] = kept;
  const geometry = toConvGeometry(layer);
  const { filters, channels, taps, inputSize, outputSize } = geometry;
  const program = tables.place(tapProgram(layer));
  const weight = gradient('weight');
  const filterFloats = channels * taps;
  return filterParts(filters).map(([from, to]) => {
    const part = oneRow(after(weight, from * filterFloats * 4), (to - from) * filterFloats);
    return gradientItem(`${layer.name}.weight`, part, [
      call('convolveWholeGradient', {
        dWeights: weight,
        dY,
        yPlane: outputSize[0] * outputSize[1] * rowBytes,
        x,
        xPlane: inputSize[0] * inputSize[1] * rowBytes,
        laneBytes: rowBytes,
        program,
        channels,
        tapCount: taps,
        from,
        to,
        divisor: batchSize,
      }),
    ]);
  });
}

// For each tap the runs of positions that have it; the layout is in the kernel's file.
function tapProgram(layer: ResolvedLayer): Int32Array {
  const { window, inputSize, outputSize, taps } = toConvGeometry(layer);
  const { kernelSize, stride, padding, dilation } = window;
  const axis = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i], dilation[i]);
  const [rows, columns] = [axis(0), axis(1)];
  const runs = Array.from({ length: taps }, (_, t) => {
    const [row, column] = [Math.floor(t / kernelSize[1]), t % kernelSize[1]];
    return pairsOf(rows, row).flatMap((y) =>
      runsOf(pairsOf(columns, column)).map(({ output, source, length }) => [
        y.output * outputSize[1] + output,
        y.source * inputSize[1] + source,
        length,
      ]),
    );
  });
  const starts = runs.map((_, t) => taps * 2 + runs.slice(0, t).flat(2).length);
  const entries = runs.map((list, t) => [list.length, starts[t] * 4]);
  return Int32Array.from([...entries.flat(), ...runs.flat(2)]);
}

interface Pair {
  readonly output: number;
  readonly source: number;
}

// The outputs that have a tap, with what it reads.
function pairsOf(axis: AxisTaps, tap: number): Pair[] {
  return axis.flatMap((list, output) =>
    list.filter((entry) => entry.tap === tap).map(({ source }) => ({ output, source })),
  );
}

// Neighbours in both are one run.
function runsOf(pairs: readonly Pair[]): (Pair & { readonly length: number })[] {
  const runs: { output: number; source: number; length: number }[] = [];
  for (const { output, source } of pairs) {
    const last = runs.at(-1);
    if (last && output === last.output + last.length && source === last.source + last.length) {
      last.length++;
    } else runs.push({ output, source, length: 1 });
  }
  return runs;
}
