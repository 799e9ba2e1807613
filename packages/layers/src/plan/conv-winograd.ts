// A 3 × 3 convolution with stride 1 by Winograd's F(4×4, 3×3), in training: it rounds otherwise than
// the direct kernel, which evaluation and prediction use. The input gradient is the convolution of
// the output gradient with the weights turned by half a turn.
import type { ResolvedLayer } from '../model.ts';
import { forwardTaps } from '../window-program.ts';
import { toConvGeometry, type ConvGeometry } from './conv-geometry.ts';
import type { GroupContext } from './group-plan.ts';
import { after, call, type Call, type Place } from './place.ts';

/** Channels below which the products of a tile are too small to pay for the transforms. */
const fewestChannels = 16;
/** What the transforms may cost beside the products, measured at 20 to 64 channels. */
const transformFactor = 1.5;
/** Bytes of transformed tiles that are worked on at once: with the weights they fit a level-2 cache. */
const chunkBytes = 384 * 1024;
const planes = 36;
const tileSize = 4;
const prepareItems = 4;
/** Of one item. */
const scratchBytes = 320;
const scratchesBytes = prepareItems * scratchBytes;

/** Whether training computes the layer so: its shape alone decides. */
export function usesWinograd({ window, ...geometry }: ConvGeometry): boolean {
  const { filters, channels, groups, inputSize, outputSize } = geometry;
  const { kernelSize, stride, padding, dilation } = window;
  const isOf = (pair: readonly number[], value: number) => pair.every((size) => size === value);
  if (!isOf(kernelSize, 3) || !isOf(stride, 1) || !isOf(dilation, 1) || groups > 1) return false;
  if (padding.some((size) => size > 2)) return false;
  if (filters < fewestChannels || channels < fewestChannels) return false;
  const products = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], 3, 1, padding[i]).reduce((n, t) => n + t.length, 0);
  const [rows, columns] = tilesOf(outputSize);
  return rows * columns * planes * transformFactor <= products(0) * products(1);
}

/** Bytes of the layer's transformed weights and scratch, for both directions; 0 where not used. */
export function winogradBytes(conv: ResolvedLayer): number {
  const geometry = toConvGeometry(conv, tileSize);
  return usesWinograd(geometry) ? 2 * (weightBytes(geometry) + scratchesBytes) : 0;
}

function weightBytes({ filters, channels }: ConvGeometry): number {
  return filters * channels * planes * 4;
}

function tilesOf(size: readonly [number, number]): readonly [rows: number, columns: number] {
  return [Math.ceil(size[0] / tileSize), Math.ceil(size[1] / tileSize)];
}

/** What is done once a step, before any shard; for the input gradient only where asked. */
export function winogradPrepareCalls(
  { parameter }: GroupContext,
  geometry: ConvGeometry,
  weights: Place,
  needsInputGradient: boolean,
): Call[] {
  const { filters, channels, filterBytes, taps } = geometry;
  const size = weightBytes(geometry);
  const transform = (out: Place, countA: number, countB: number, turned: boolean): Call[] => {
    const strides = turned ? [taps * 4, filterBytes] : [filterBytes, taps * 4];
    return Array.from({ length: prepareItems }, (_, item) =>
      call(
        'winogradWeights',
        ...[out, parameter('weight'), ...strides, countA, countB],
        ...[partOf(countA, item), partOf(countA, item + 1), turned ? 1 : 0],
        after(out, size + item * scratchBytes),
      ),
    );
  };
  return [
    ...transform(weights, filters, channels, false),
    ...(needsInputGradient
      ? transform(turnedWeights(geometry, weights), channels, filters, true)
      : []),
  ];
}

function turnedWeights(geometry: ConvGeometry, weights: Place): Place {
  return after(weights, weightBytes(geometry) + scratchesBytes);
}

function partOf(count: number, item: number): number {
  return Math.floor((count * item) / prepareItems);
}

/** One pass over maps: `out` from `source`, padded by so many rows above and columns before. */
interface Pass {
  readonly weights: Place;
  readonly source: Place;
  readonly sourceSize: readonly [number, number];
  readonly sourceChannels: number;
  readonly padding: readonly [number, number];
  readonly out: Place;
  readonly outSize: readonly [number, number];
  readonly outChannels: number;
  readonly bias: Place | 0;
  readonly hasRelu: boolean;
}

export function winogradForwardCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  weights: Place,
  out: Place,
  hasRelu: boolean,
): Call[] {
  const { filters, channels, inputSize, outputSize, window } = geometry;
  return passCalls(context, {
    ...{ weights, source: context.input, sourceSize: inputSize, sourceChannels: channels },
    ...{ padding: window.padding, out, outSize: outputSize, outChannels: filters, hasRelu },
    bias: geometry.hasBias ? context.parameter('bias') : 0,
  });
}

export function winogradInputGradientCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  weights: Place,
  gradient: Place,
): Call[] {
  const { filters, channels, inputSize, outputSize, window } = geometry;
  return passCalls(context, {
    weights: turnedWeights(geometry, weights),
    ...{ source: gradient, sourceSize: outputSize, sourceChannels: filters },
    padding: [2 - window.padding[0], 2 - window.padding[1]],
    ...{ out: context.inputGradient as Place, outSize: inputSize, outChannels: channels },
    ...{ bias: 0, hasRelu: false },
  });
}

function passCalls({ arena, lanes }: GroupContext, pass: Pass): Call[] {
  const { source, sourceSize, sourceChannels, out, outSize, outChannels } = pass;
  const [tileRows, tileColumns] = tilesOf(outSize);
  const rowBytes = tileColumns * lanes * 4;
  const perRow = planes * (sourceChannels + outChannels) * rowBytes;
  const most = Math.min(tileRows, Math.max(1, Math.floor(chunkBytes / perRow)));
  const mark = arena.mark();
  const V = arena.take(planes * sourceChannels * most * rowBytes);
  const M = arena.take(planes * outChannels * most * rowBytes);
  const scratch = arena.take(planes * 16);
  arena.release(mark);
  const plane = (size: readonly [number, number]) => size[0] * size[1] * lanes * 4;
  const chunks = Array.from({ length: Math.ceil(tileRows / most) }, (_, i) => i * most);
  return chunks.flatMap((first) => {
    const rows = Math.min(most, tileRows - first);
    return [
      call(
        'winogradInput',
        ...[V, source, plane(sourceSize), sourceChannels, ...sourceSize, lanes * 4],
        ...[...pass.padding, first, rows, tileColumns, scratch],
      ),
      call(
        'winogradProducts',
        ...[M, V, pass.weights, outChannels, sourceChannels, rows * rowBytes],
      ),
      call(
        'winogradOutput',
        ...[out, plane(outSize), M, pass.bias, outChannels, ...outSize, lanes * 4],
        ...[first, rows, tileColumns, pass.hasRelu ? 1 : 0, scratch],
      ),
    ];
  });
}
