// The weights' gradient of a bilinear convolution: of a shard, or of the whole batch from the sums of inputs
// and gradients that each shard keeps.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { oneRow, type GradientItem } from '../calls/gradient-item.ts';
import { after, type Place } from '../calls/place.ts';
import { keepRows, type WholeBatchContext } from '../calls/whole-batch.ts';
import { borrowProducts, gradientSums, inputSums } from './bilinear-pass.ts';
import { productBytes, weightGradientProgram } from './bilinear-program.ts';
import type { BilinearScheme } from './bilinear-scheme.ts';
import { filterParts } from './filter-parts.ts';
import type { ConvGeometry, ConvShape } from './geometry.ts';
import { planeStride } from './winograd-tiles.ts';

/** The gradient of one shard. */
export function bilinearWeightGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  scheme: BilinearScheme,
  gradient: Place,
): Call[] {
  const { filters, channels, lanes } = geometry;
  const planes = scheme.positions.length;
  const uPlane = planeStride(filters * channels * 4);
  const [V, dM, dU] = context.arena.borrow(
    productBytes(scheme, channels, lanes),
    productBytes(scheme, filters, lanes),
    planes * uPlane,
  );
  const { tables } = context;
  return [
    inputSums(context, geometry, scheme, V),
    gradientSums(context, geometry, scheme, gradient, dM),
    call('bilinearWeightProducts', {
      dU,
      uPlane,
      dM,
      V,
      positions: tables.place(Int32Array.from(scheme.positions)),
      planes,
      filters,
      channels,
      laneBytes: lanes * 4,
      from: 0,
      to: filters,
    }),
    call('bilinearWeightGradient', {
      dWeights: context.gradient('weight'),
      dU,
      uPlane,
      program: tables.place(weightGradientProgram(scheme)),
      pairs: filters * channels,
      divisor: 1,
    }),
  ];
}

/** Rows kept for the whole batch: V and dM, and the output's gradient where there is a bias. */
export function bilinearKeeps(shape: ConvShape, { products }: BilinearScheme): number[] {
  const { channels, filters, outputSize, hasBias } = shape;
  const maps = hasBias ? [filters * outputSize[0] * outputSize[1]] : [];
  return [channels * products.length, filters * products.length, ...maps];
}

/** A shard keeps its sums. */
export function bilinearKeepCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  scheme: BilinearScheme,
  gradient: Place,
): Call[] {
  const { filters, outputSize, hasBias } = geometry;
  const [V, dM] = borrowProducts(context, geometry, scheme);
  const [vRows, mRows] = bilinearKeeps(geometry, scheme);
  const maps = { from: gradient, rows: filters * outputSize[0] * outputSize[1] };
  return [
    inputSums(context, geometry, scheme, V),
    gradientSums(context, geometry, scheme, gradient, dM),
    keepRows(context, 0, { from: V, rows: vRows }),
    keepRows(context, 1, { from: dM, rows: mRows }),
    ...(hasBias ? [keepRows(context, 2, maps)] : []),
  ];
}

/** The weights of some filters, from what all shards kept. */
export function bilinearWholeBatchParts(
  shape: ConvShape,
  scheme: BilinearScheme,
  context: WholeBatchContext,
): GradientItem[] {
  return filterParts(shape.filters).map(([from, to]) =>
    wholeBatchPart(shape, scheme, context, from, to),
  );
}

function wholeBatchPart(
  shape: ConvShape,
  scheme: BilinearScheme,
  { batchSize, kept: [V, dM], rowBytes, arena, tables, gradient }: WholeBatchContext,
  from: number,
  to: number,
): GradientItem {
  const { filters, channels, filterBytes, taps } = shape;
  const pairs = (to - from) * channels;
  const planes = scheme.positions.length;
  const uPlane = planeStride(pairs * 4);
  const [dU] = arena.borrow(planes * uPlane);
  const dWeights = after(gradient('weight'), from * filterBytes);
  return {
    parameter: 'weight',
    gradient: oneRow(dWeights, pairs * taps),
    calls: [
      call('bilinearWeightProducts', {
        dU,
        uPlane,
        dM,
        V,
        positions: tables.place(Int32Array.from(scheme.positions)),
        planes,
        filters,
        channels,
        laneBytes: rowBytes,
        from,
        to,
      }),
      call('bilinearWeightGradient', {
        dWeights,
        dU,
        uPlane,
        program: tables.place(weightGradientProgram(scheme)),
        pairs,
        divisor: batchSize,
      }),
    ],
  };
}
