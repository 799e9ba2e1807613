// The gradient of a convolution from the whole batch: for late layers, whose weights are many and whose
// maps are small.
import { elementCount } from '@convbook/core';
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { oneRow, type GradientItem } from '../calls/gradient-item.ts';
import { after, type Place } from '../calls/place.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import { tileSumsBytes } from '../calls/tile-sums.ts';
import { keepRows, type WholeBatchContext, type WholeBatchGradient } from '../calls/whole-batch.ts';
import { bilinearKeeps, bilinearWholeBatchParts } from './bilinear-gradient.ts';
import { filterParts } from './filter-parts.ts';
import { toConvShape, type ConvLayer, type ConvSettings, type ConvShape } from './geometry.ts';
import { strategyOf } from './strategy.ts';
import { tapProgram, usedTaps } from './tap-program.ts';
import { winogradKeeps, winogradWholeBatchParts } from './winograd-gradient.ts';

/** How the gradients are computed where the strategy is the whole batch. */
export function convWholeBatch(
  layer: ConvLayer,
  followedBy: readonly ResolvedLayer[],
): WholeBatchGradient | null {
  const shape = toConvShape(layer);
  const strategy = strategyOf(layer, followedBy);
  switch (strategy.weightGradient) {
    case 'whole batch':
      return {
        keeps: [elementCount(layer.inputShape), elementCount(layer.outputShape)],
        plan: (context) => [...directParts(shape, context), ...biasParts(shape, context, 1)],
      };
    case 'whole batch winograd':
      return {
        keeps: winogradKeeps(shape),
        plan: (context) => [
          ...winogradWholeBatchParts(shape, context),
          ...biasParts(shape, context, 2),
        ],
      };
    case 'whole batch bilinear':
      return {
        keeps: bilinearKeeps(shape, strategy.scheme),
        plan: (context) => [
          ...bilinearWholeBatchParts(shape, strategy.scheme, context),
          ...biasParts(shape, context, 1),
        ],
      };
    case 'direct':
    case 'winograd':
    case 'bilinear':
    case 'maxima':
      return null;
    default:
      return strategy satisfies never;
  }
}

/** A shard keeps its input and the output's gradient for the direct gradient. */
export function directKeepCalls(context: TrainingContext<ConvSettings>, gradient: Place): Call[] {
  const { layer, input } = context;
  const { inputShape, outputShape } = layer;
  return [
    keepRows(context, 0, { from: input, rows: elementCount(inputShape) }),
    keepRows(context, 1, { from: gradient, rows: elementCount(outputShape) }),
  ];
}

function biasParts(
  { filters, outputSize, hasBias }: ConvShape,
  { batchSize, kept, rowBytes, gradient }: WholeBatchContext,
  which: number,
): GradientItem[] {
  if (!hasBias) return [];
  const dBias = gradient('bias');
  const yPlane = outputSize[0] * outputSize[1] * rowBytes;
  const sum = call('wholeBiasGradient', {
    dBias,
    dY: kept[which],
    yPlane,
    filters,
    divisor: batchSize,
  });
  return [{ parameter: 'bias', gradient: oneRow(dBias, filters), calls: [sum] }];
}

// Each tap has only the positions that it needs; a tap that no output has gets zeros.
function directParts(shape: ConvShape, context: WholeBatchContext): GradientItem[] {
  const { filters, channels, taps } = shape;
  const calls = usedTaps(shape).map((tap) => tapGradient(shape, context, tap));
  const filterFloats = channels * taps;
  return filterParts(filters).map(([from, to]) => {
    const floats = (to - from) * filterFloats;
    const at = after(context.gradient('weight'), from * filterFloats * 4);
    const clear = calls.length < taps ? [call('clear', { at, size: floats * 4 })] : [];
    return {
      parameter: 'weight',
      gradient: oneRow(at, floats),
      calls: [...clear, ...calls.map((callOf) => callOf(from, to))],
    };
  });
}

function tapGradient(
  shape: ConvShape,
  { batchSize, kept, rowBytes, gradient, tables, arena }: WholeBatchContext,
  tap: number,
): (from: number, to: number) => Call {
  const { channels, taps, filterBytes, inputSize, outputSize } = shape;
  const [x, dY] = kept;
  const [xPlane, yPlane] = [inputSize, outputSize].map(
    ([rows, columns]) => rows * columns * rowBytes,
  );
  const program = tables.place(tapProgram(shape, tap, rowBytes));
  const offsets = tables.place(Int32Array.from({ length: channels }, (_, c) => c * xPlane));
  const [sums] = arena.borrow(tileSumsBytes);
  return (from, to) =>
    call('convolveWeightGradient', {
      dWeights: after(gradient('weight'), from * filterBytes + tap * 4),
      filterStride: filterBytes,
      columnStride: taps * 4,
      dY: after(dY, from * yPlane),
      yPlane,
      source: x,
      offsets,
      filters: to - from,
      columns: channels,
      program,
      divisor: batchSize,
      sums,
    });
}
