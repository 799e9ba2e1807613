// The weights' gradient of a 3 × 3 convolution by Winograd: of a shard, or of the whole batch from the
// transformed tiles that each shard keeps.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { oneRow } from '../calls/gradient-item.ts';
import { after, type Place } from '../calls/place.ts';
import { keepRows, type WholeBatchContext, type WholeBatchPart } from '../calls/whole-batch.ts';
import { filterParts, filterTile } from './filter-parts.ts';
import type { ConvGeometry, ConvShape } from './geometry.ts';
import { weightPlane } from './prepare-parts.ts';
import {
  planes,
  planeStride,
  tilesOf,
  tileScratchBytes,
  tileStep,
  winogradTiles,
} from './winograd-tiles.ts';

/** Bytes of a shard's transformed output gradient that are worked on at once. */
const chunkBytes = 256 * 1024;

/** The gradient of one shard, some filters at a time. */
export function winogradWeightGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  const { filters, channels, outputPlane, filterBytes, lanes } = geometry;
  const rowBytes = winogradTiles(geometry) * lanes * 4;
  const most = Math.floor(chunkBytes / (planes * rowBytes) / filterTile) * filterTile;
  const chunk = Math.min(filters, Math.max(filterTile, most));
  const vPlane = planeStride(channels * rowBytes);
  const wPlane = planeStride(chunk * rowBytes);
  const uPlane = weightPlane({ filters: chunk, channels });
  const [V, W, dU, scratch] = context.arena.borrow(
    planes * vPlane,
    planes * wPlane,
    planes * uPlane,
    tileScratchBytes,
  );
  const starts = Array.from({ length: Math.ceil(filters / chunk) }, (_, i) => i * chunk);
  return [
    inputTiles(context, geometry, { V, vPlane, scratch }),
    ...starts.flatMap((first) => {
      const own = Math.min(chunk, filters - first);
      const maps = { dY: after(gradient, first * outputPlane), filters: own };
      return [
        gradientTiles(geometry, { ...maps, W, wPlane, scratch }),
        call('winogradWeightProducts', {
          dU,
          uPlane,
          W,
          wPlane,
          V,
          vPlane,
          rowBytes,
          filters: own,
          channels,
          scratch,
        }),
        call('winogradWeightGradient', {
          dWeights: after(context.gradient('weight'), first * filterBytes),
          dU,
          uPlane,
          pairs: own * channels,
          divisor: 1,
          scratch,
        }),
      ];
    }),
  ];
}

// V, the transformed tiles of the layer's input.
function inputTiles(
  { input }: TrainingContext,
  geometry: ConvGeometry,
  tiles: { V: Place; vPlane: number; scratch: Place },
): Call {
  const { channels, inputSize, inputPlane, outputSize, window, lanes } = geometry;
  const step = tileStep(geometry);
  const [tileRows, tileColumns] = tilesOf(outputSize, step);
  return call('winogradInput', {
    ...tiles,
    x: input,
    xPlane: inputPlane,
    channels,
    height: inputSize[0],
    width: inputSize[1],
    laneBytes: lanes * 4,
    paddingAbove: window.padding[0],
    paddingBefore: window.padding[1],
    step,
    firstRow: 0,
    tileRows,
    tileColumns,
  });
}

// W, the transformed tiles of some maps of the output's gradient.
function gradientTiles(
  { outputSize, outputPlane, lanes }: ConvGeometry,
  tiles: { dY: Place; filters: number; W: Place; wPlane: number; scratch: Place },
): Call {
  return call('winogradGradient', {
    ...tiles,
    yPlane: outputPlane,
    height: outputSize[0],
    width: outputSize[1],
    laneBytes: lanes * 4,
  });
}

/** Rows kept for the whole batch: V and W, and the output's gradient where there is a bias. */
export function winogradKeeps(shape: ConvShape): number[] {
  const { channels, filters, outputSize, hasBias } = shape;
  const tiles = planes * winogradTiles(shape);
  const maps = hasBias ? [filters * outputSize[0] * outputSize[1]] : [];
  return [channels * tiles, filters * tiles, ...maps];
}

/** A shard keeps its transformed tiles. */
export function winogradKeepCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  const { channels, filters, outputSize, hasBias, lanes } = geometry;
  const tiles = winogradTiles(geometry);
  const vPlane = planeStride(channels * tiles * lanes * 4);
  const wPlane = planeStride(filters * tiles * lanes * 4);
  const [V, W, scratch] = context.arena.borrow(planes * vPlane, planes * wPlane, tileScratchBytes);
  const maps = { from: gradient, rows: filters * outputSize[0] * outputSize[1] };
  return [
    inputTiles(context, geometry, { V, vPlane, scratch }),
    gradientTiles(geometry, { dY: gradient, filters, W, wPlane, scratch }),
    keepRows(context, 0, { from: V, rows: channels * tiles, planes, planeBytes: vPlane }),
    keepRows(context, 1, { from: W, rows: filters * tiles, planes, planeBytes: wPlane }),
    ...(hasBias ? [keepRows(context, 2, maps)] : []),
  ];
}

/** The weights of some filters, from what the shards of a section kept. */
export function winogradWholeBatchParts(
  shape: ConvShape,
  context: WholeBatchContext,
): WholeBatchPart[] {
  return filterParts(shape.filters).map(([from, to]) => wholeBatchPart(shape, context, from, to));
}

function wholeBatchPart(
  shape: ConvShape,
  { arena, gradient }: WholeBatchContext,
  from: number,
  to: number,
): WholeBatchPart {
  const { filters, channels, filterBytes, taps } = shape;
  const count = to - from;
  const pairs = count * channels;
  const uPlane = weightPlane({ filters: count, channels });
  return {
    parameter: 'weight',
    gradient: oneRow(after(gradient('weight'), from * filterBytes), pairs * taps),
    sum({ kept: [V, W], rowBytes }, { place: dWeights }, divisor) {
      const tileBytes = winogradTiles(shape) * rowBytes;
      const [dU, scratch] = arena.borrow(planes * uPlane, tileScratchBytes);
      return [
        call('winogradWeightProducts', {
          dU,
          uPlane,
          W: after(W, from * tileBytes),
          wPlane: filters * tileBytes,
          V,
          vPlane: channels * tileBytes,
          rowBytes: tileBytes,
          filters: count,
          channels,
          scratch,
        }),
        call('winogradWeightGradient', { dWeights, dU, uPlane, pairs, divisor, scratch }),
      ];
    },
  };
}
