// The gradient of a convolution from the whole batch: for late layers, whose weights are many and whose
// maps are small.
import { elementCount } from '@convbook/core';
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { oneRow } from '../calls/gradient-item.ts';
import { after, type Place } from '../calls/place.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import { tileSumsBytes } from '../calls/tile-sums.ts';
import {
  keepRows,
  type KeptSection,
  type WholeBatchContext,
  type WholeBatchGradient,
  type WholeBatchPart,
} from '../calls/whole-batch.ts';
import { wholeBiasPart } from '../calls/whole-bias.ts';
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
  context: WholeBatchContext,
  which: number,
): WholeBatchPart[] {
  const positions = outputSize[0] * outputSize[1];
  return hasBias ? [wholeBiasPart(context, { filters, positions, which })] : [];
}

function directParts(shape: ConvShape, context: WholeBatchContext): WholeBatchPart[] {
  return filterParts(shape.filters).map(([from, to]) => directPart(shape, context, from, to));
}

// Each tap has only the positions that it needs; a tap that no output has gets zeros.
function directPart(
  shape: ConvShape,
  context: WholeBatchContext,
  from: number,
  to: number,
): WholeBatchPart {
  const { channels, taps, filterBytes } = shape;
  const used = usedTaps(shape);
  const floats = (to - from) * channels * taps;
  return {
    parameter: 'weight',
    gradient: oneRow(after(context.gradient('weight'), from * filterBytes), floats),
    sum(section, { place }, divisor) {
      const clear = used.length < taps ? [call('clear', { at: place, size: floats * 4 })] : [];
      const part = { section, place, divisor, from, to };
      return [...clear, ...used.map((tap) => tapGradient(shape, context, part, tap))];
    },
  };
}

/** Some filters of the gradient. */
interface TapPart {
  readonly section: KeptSection;
  readonly place: Place;
  readonly divisor: number;
  readonly from: number;
  readonly to: number;
}

function tapGradient(
  shape: ConvShape,
  { tables, arena }: WholeBatchContext,
  { section, place, divisor, from, to }: TapPart,
  tap: number,
): Call {
  const { channels, taps, filterBytes, inputSize, outputSize } = shape;
  const { kept, rowBytes } = section;
  const [x, dY] = kept;
  const [xPlane, yPlane] = [inputSize, outputSize].map(
    ([rows, columns]) => rows * columns * rowBytes,
  );
  const [sums] = arena.borrow(tileSumsBytes);
  return call('convolveWeightGradient', {
    dWeights: after(place, tap * 4),
    filterStride: filterBytes,
    columnStride: taps * 4,
    dY: after(dY, from * yPlane),
    yPlane,
    source: x,
    offsets: tables.place(Int32Array.from({ length: channels }, (_, c) => c * xPlane)),
    filters: to - from,
    columns: channels,
    program: tables.place(tapProgram(shape, tap, rowBytes)),
    divisor,
    sums,
  });
}
