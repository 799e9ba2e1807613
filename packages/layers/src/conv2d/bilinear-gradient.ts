// The weights' gradient of a bilinear convolution: of a shard, or of the whole batch from the sums of inputs
// and of the output's gradient that each shard keeps.
import { call, type Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { oneRow } from '../calls/gradient-item.ts';
import { after, type Place } from '../calls/place.ts';
import {
  keepRows,
  keptRows,
  type WholeBatchContext,
  type WholeBatchPart,
} from '../calls/whole-batch.ts';
import { inputMaps, outputMaps, spreadCall } from './bilinear-pass.ts';
import { sumRows, weightGradientProgram, type Maps } from './bilinear-program.ts';
import type { BilinearScheme } from './bilinear-scheme.ts';
import { filterParts } from './filter-parts.ts';
import type { ConvGeometry, ConvShape } from './geometry.ts';
import { weightPlane } from './prepare-parts.ts';
import { tileScratchBytes } from './winograd-tiles.ts';

/** The gradient of one shard. */
export function bilinearWeightGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  scheme: BilinearScheme,
  gradient: Place,
): Call[] {
  const { filters, channels, lanes } = geometry;
  const uPlane = weightPlane({ filters, channels });
  const [V, dM, dU, scratch] = context.arena.borrow(
    sumRows(scheme, channels) * lanes * 4,
    sumRows(scheme, filters) * lanes * 4,
    scheme.positions.length * uPlane,
    tileScratchBytes,
  );
  return [
    spreadCall(context, scheme, inputMaps(geometry), context.input, V),
    spreadCall(context, scheme, outputMaps(geometry), gradient, dM),
    ...weightCalls(scheme, context.tables, {
      dWeights: context.gradient('weight'),
      dU,
      uPlane,
      dM,
      V,
      scratch,
      filters,
      channels,
      laneBytes: lanes * 4,
      divisor: 1,
    }),
  ];
}

/** The operands of some filters' weight gradient. */
interface WeightCalls {
  readonly dWeights: Place;
  readonly dU: Place;
  readonly uPlane: number;
  readonly dM: Place;
  readonly V: Place;
  readonly scratch: Place;
  readonly filters: number;
  readonly channels: number;
  readonly laneBytes: number;
  readonly divisor: number;
}

function weightCalls(
  scheme: BilinearScheme,
  tables: ConstantTables,
  { dWeights, divisor, ...products }: WeightCalls,
): Call[] {
  const { dU, uPlane, filters, channels } = products;
  const { positions } = scheme;
  return [
    call('bilinearWeightProducts', {
      ...products,
      positions: tables.place(Int32Array.from(positions)),
      planes: positions.length,
    }),
    call('bilinearWeightGradient', {
      dWeights,
      dU,
      uPlane,
      program: tables.place(weightGradientProgram(scheme)),
      pairs: filters * channels,
      divisor,
    }),
  ];
}

/** Rows kept for the whole batch: V, and the output's gradient. */
export function bilinearKeeps(shape: ConvShape, scheme: BilinearScheme): number[] {
  return [sumRows(scheme, shape.channels), shape.filters * outputPositions(shape)];
}

/** A shard computes its V in the rows that are kept. */
export function bilinearKeepCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  scheme: BilinearScheme,
  gradient: Place,
): Call[] {
  const [vRows, rows] = bilinearKeeps(geometry, scheme);
  const keeps = keptRows(context, 0, { rows: vRows });
  const maps = inputMaps(geometry);
  const sums = spreadCall(context, scheme, maps, context.input, keeps.to, keeps.toRow);
  return [{ ...sums, keeps }, keepRows(context, 1, { from: gradient, rows })];
}

/** The weights of some filters, from what the shards of a section kept. */
export function bilinearWholeBatchParts(
  shape: ConvShape,
  scheme: BilinearScheme,
  context: WholeBatchContext,
): WholeBatchPart[] {
  return filterParts(shape.filters).map(([from, to]) =>
    wholeBatchPart(shape, scheme, context, from, to),
  );
}

function wholeBatchPart(
  shape: ConvShape,
  scheme: BilinearScheme,
  context: WholeBatchContext,
  from: number,
  to: number,
): WholeBatchPart {
  const { channels, filterBytes, outputSize, taps } = shape;
  const { arena, tables, gradient } = context;
  const filters = to - from;
  const uPlane = weightPlane({ filters, channels });
  return {
    parameter: 'weight',
    gradient: oneRow(after(gradient('weight'), from * filterBytes), filters * channels * taps),
    sum({ kept: [V, dY], rowBytes: laneBytes }, { place: dWeights }, divisor) {
      const [dM, dU, scratch] = arena.borrow(
        sumRows(scheme, filters) * laneBytes,
        scheme.positions.length * uPlane,
        tileScratchBytes,
      );
      const maps: Maps = { channels: filters, size: outputSize, terms: 'outputs', laneBytes };
      const first = after(dY, from * outputPositions(shape) * laneBytes);
      const sizes = { filters, channels, laneBytes, divisor };
      return [
        spreadCall(context, scheme, maps, first, dM),
        ...weightCalls(scheme, tables, { dWeights, dU, uPlane, dM, V, scratch, ...sizes }),
      ];
    },
  };
}

function outputPositions({ outputSize }: ConvShape): number {
  return outputSize[0] * outputSize[1];
}
