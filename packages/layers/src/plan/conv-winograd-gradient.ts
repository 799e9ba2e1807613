// The weights' gradient of a 3 × 3 convolution by Winograd, where its forward pass is: of a shard, or of the
// whole batch from transformed tiles that each shard keeps.
import type { ResolvedLayer } from '../model.ts';
import { call, type Call } from './call.ts';
import { filterTile, toConvGeometry, type ConvGeometry } from './conv-geometry.ts';
import { apart, planes, tilesOf, tileStep, usesWinograd } from './conv-winograd.ts';
import { gradientItem, oneRow, type GradientItem } from './gradient-item.ts';
import type { GroupContext } from './group-plan.ts';
import { after, type Place } from './place.ts';
import { filterParts, keepRows, type WholeBatchContext } from './whole-batch.ts';

/** Tiles of a map below which a shard's sums are too short to pay for the transforms. */
const fewestTiles = 4;
/** Bytes of a shard's transformed output gradient that are worked on at once. */
const chunkBytes = 256 * 1024;
const scratchBytes = planes * 16;

/** Whether a shard's gradient is made so: the layer's shape alone decides. */
export function usesWinogradGradient(geometry: ConvGeometry): boolean {
  return hasWinogradGradient(geometry) && tileCount(geometry) >= fewestTiles;
}

/** Whether it is for the whole batch: of 5 × 5 the rounding would be ten times that of 3 × 3. */
export function hasWinogradGradient(geometry: ConvGeometry): boolean {
  return geometry.window.kernelSize[0] === 3 && usesWinograd(geometry, 'forward');
}

function tileCount(geometry: ConvGeometry): number {
  const [rows, columns] = tilesOf(geometry.outputSize, tileStep(geometry));
  return rows * columns;
}

// V of the layer's input.
function inputCall(
  { input, lanes }: GroupContext,
  geometry: ConvGeometry,
  V: Place,
  vPlane: number,
  scratch: Place,
): Call {
  const { channels, inputSize, inputPlane, outputSize, window } = geometry;
  const step = tileStep(geometry);
  const [tileRows, tileColumns] = tilesOf(outputSize, step);
  return call('winogradInput', {
    V,
    vPlane,
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
    scratch,
  });
}

/** Of a shard, some filters at a time. */
export function winogradWeightGradientCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  const { arena, lanes } = context;
  const { filters, channels, outputSize, outputPlane, filterBytes } = geometry;
  const rowBytes = tileCount(geometry) * lanes * 4;
  const most = Math.floor(chunkBytes / (planes * rowBytes) / filterTile) * filterTile;
  const count = Math.min(filters, Math.max(filterTile, most));
  const vPlane = apart(channels * rowBytes);
  const wPlane = apart(count * rowBytes);
  const uPlane = apart(count * channels * 4);
  const mark = arena.mark();
  const [V, W, dU] = [vPlane, wPlane, uPlane].map((bytes) => arena.take(planes * bytes));
  const scratch = arena.take(scratchBytes);
  arena.release(mark);
  const chunks = Array.from({ length: Math.ceil(filters / count) }, (_, i) => i * count);
  return [
    inputCall(context, geometry, V, vPlane, scratch),
    ...chunks.flatMap((first) => {
      const own = Math.min(count, filters - first);
      return [
        call('winogradGradient', {
          W,
          wPlane,
          dY: after(gradient, first * outputPlane),
          yPlane: outputPlane,
          filters: own,
          height: outputSize[0],
          width: outputSize[1],
          laneBytes: lanes * 4,
          scratch,
        }),
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

/** Of the batch: V, W and the output gradient, which the bias needs. */
export function winogradKeeps(layer: ResolvedLayer): number[] {
  const geometry = toConvGeometry(layer);
  const { channels, filters, outputSize, hasBias } = geometry;
  const tiles = planes * tileCount(geometry);
  const maps = hasBias ? [filters * outputSize[0] * outputSize[1]] : [];
  return [channels * tiles, filters * tiles, ...maps];
}

export function winogradKeepCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  gradient: Place,
): Call[] {
  const { arena, lanes, layers } = context;
  const { channels, filters, outputSize, outputPlane } = geometry;
  const tiles = tileCount(geometry);
  const ofMaps = winogradKeeps(layers[0]).slice(2);
  const [vPlane, wPlane] = [channels, filters].map((n) => apart(n * tiles * lanes * 4));
  const mark = arena.mark();
  const [V, W] = [arena.take(planes * vPlane), arena.take(planes * wPlane)];
  const scratch = arena.take(scratchBytes);
  arena.release(mark);
  return [
    inputCall(context, geometry, V, vPlane, scratch),
    call('winogradGradient', {
      W,
      wPlane,
      dY: gradient,
      yPlane: outputPlane,
      filters,
      height: outputSize[0],
      width: outputSize[1],
      laneBytes: lanes * 4,
      scratch,
    }),
    keepRows(context, 0, V, channels * tiles, planes, vPlane),
    keepRows(context, 1, W, filters * tiles, planes, wPlane),
    ...ofMaps.map((rows) => keepRows(context, 2, gradient, rows)),
  ];
}

/** The weights by filters. */
export function winogradWholeBatchItems(context: WholeBatchContext): GradientItem[] {
  const { layer, batchSize, kept, rowBytes, arena, gradient } = context;
  const geometry = toConvGeometry(layer);
  const { filters, channels, filterBytes, taps } = geometry;
  const [V, W] = kept;
  const tileBytes = tileCount(geometry) * rowBytes;
  return filterParts(filters).map(([from, to]) => {
    const count = to - from;
    const mark = arena.mark();
    const uPlane = apart(count * channels * 4);
    const dU = arena.take(planes * uPlane);
    const scratch = arena.take(scratchBytes);
    arena.release(mark);
    const part = after(gradient('weight'), from * filterBytes);
    return gradientItem(`${layer.name}.weight`, oneRow(part, count * channels * taps), [
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
      }),
      call('winogradWeightGradient', {
        dWeights: part,
        dU,
        uPlane,
        pairs: count * channels,
        divisor: batchSize,
        scratch,
      }),
    ]);
  });
}
