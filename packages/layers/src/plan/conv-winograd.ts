// A 3 × 3 or 5 × 5 convolution with stride 1 by Winograd's F(4×4, 3×3) or F(2×2, 5×5), in training: it
// rounds otherwise than the direct kernel, which evaluation and prediction use. The input gradient is
// the convolution of the output gradient with the weights turned by half a turn.
import type { ResolvedLayer } from '../model.ts';
import { forwardTaps } from '../window-program.ts';
import { toConvGeometry, type ConvGeometry } from './conv-geometry.ts';
import type { GroupContext } from './group-plan.ts';
import { after, alignment, call, type Call, type Place } from './place.ts';

/** Channels below which the products of a tile are too few to pay for the transforms, by kernel size. */
const fewestChannels: Readonly<Record<number, number>> = { 3: 16, 5: 6 };
/** What the transforms may cost beside the products, measured at 20 to 64 channels. */
const transformFactor = 1.5;
/** Bytes of transformed tiles that are worked on at once: with the weights they fit a level-2 cache. */
const chunkBytes = 384 * 1024;
export const planes = 36;
const tileInputs = 6;
const prepareItems = 4;
/** Of one item. */
const scratchBytes = 512;
const scratchesBytes = prepareItems * scratchBytes;

const directions = ['forward', 'inputGradient'] as const;
export type Direction = (typeof directions)[number];

/** Whether training computes the layer so in a direction: its shape alone decides. */
export function usesWinograd(geometry: ConvGeometry, direction: Direction): boolean {
  const { filters, channels, groups, inputSize, outputSize, window } = geometry;
  const { kernelSize, stride, padding, dilation } = window;
  const [size] = kernelSize;
  const isOf = (pair: readonly number[], value: number) => pair.every((each) => each === value);
  if (!isOf(kernelSize, size) || !isOf(stride, 1) || !isOf(dilation, 1) || groups > 1) return false;
  if (padding.some((each) => each >= size)) return false;
  if (Math.min(filters, channels) < (fewestChannels[size] ?? Infinity)) return false;
  const products = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], size, 1, padding[i]).reduce((n, t) => n + t.length, 0);
  const made = direction === 'forward' ? outputSize : inputSize;
  const [rows, columns] = tilesOf(made, tileStep(geometry));
  return rows * columns * planes * transformFactor <= products(0) * products(1);
}

/** Bytes of the layer's transformed weights and scratch, for both directions; 0 where not used. */
export function winogradBytes(conv: ResolvedLayer): number {
  const geometry = toConvGeometry(conv);
  return directionsOf(geometry).length === 0 ? 0 : 2 * transformedBytes(geometry);
}

function directionsOf(geometry: ConvGeometry): Direction[] {
  return directions.filter((direction) => usesWinograd(geometry, direction));
}

function weightPlane({ filters, channels }: ConvGeometry): number {
  return apart(filters * channels * 4);
}

/**
 * From one of the 36 planes to the next: an odd number of cache lines. At a multiple of 4 KiB what a
 * tile has in each of them would meet in one set of the level-1 cache.
 */
export function apart(planeBytes: number): number {
  const lines = Math.ceil(planeBytes / alignment);
  return (lines % 2 === 0 ? lines + 1 : lines) * alignment;
}

// Outputs of a tile along an axis.
export function tileStep({ window }: ConvGeometry): number {
  return tileInputs + 1 - window.kernelSize[0];
}

export function tilesOf(
  size: readonly [number, number],
  step: number,
): readonly [rows: number, columns: number] {
  return [Math.ceil(size[0] / step), Math.ceil(size[1] / step)];
}

/** What is done once a step, before any shard. */
export function winogradPrepareCalls(
  { parameter }: GroupContext,
  geometry: ConvGeometry,
  weights: Place,
  needsInputGradient: boolean,
): Call[] {
  const { filters, channels, filterBytes, taps, window } = geometry;
  const used = directionsOf(geometry);
  const plane = weightPlane(geometry);
  const transform = (out: Place, countA: number, countB: number, turned: boolean): Call[] => {
    const strides = turned
      ? ([taps * 4, filterBytes] as const)
      : ([filterBytes, taps * 4] as const);
    return Array.from({ length: prepareItems }, (_, item) =>
      call(
        'winogradWeights',
        ...[out, plane, parameter('weight'), ...strides, countA, countB, window.kernelSize[0]],
        ...[partOf(countA, item), partOf(countA, item + 1), turned ? 1 : 0],
        after(out, planes * plane + item * scratchBytes),
      ),
    );
  };
  return [
    ...(used.includes('forward') ? transform(weights, filters, channels, false) : []),
    ...(needsInputGradient && used.includes('inputGradient')
      ? transform(turnedWeights(geometry, weights), channels, filters, true)
      : []),
  ];
}

function transformedBytes(geometry: ConvGeometry): number {
  return planes * weightPlane(geometry) + scratchesBytes;
}

function turnedWeights(geometry: ConvGeometry, weights: Place): Place {
  return after(weights, transformedBytes(geometry));
}

function partOf(count: number, item: number): number {
  return Math.floor((count * item) / prepareItems);
}

/** One pass over maps: `out` from `source`, padded by so many rows above and columns before. */
interface Pass {
  readonly weights: Place;
  readonly weightPlane: number;
  readonly step: number;
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
    ...{
      weights,
      weightPlane: weightPlane(geometry),
      step: tileStep(geometry),
      source: context.input,
      sourceSize: inputSize,
      sourceChannels: channels,
    },
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
    ...{ weights: turnedWeights(geometry, weights), weightPlane: weightPlane(geometry) },
    ...{ step: tileStep(geometry), source: gradient, sourceSize: outputSize },
    sourceChannels: filters,
    padding: [
      window.kernelSize[0] - 1 - window.padding[0],
      window.kernelSize[1] - 1 - window.padding[1],
    ],
    ...{ out: context.inputGradient as Place, outSize: inputSize, outChannels: channels },
    ...{ bias: 0, hasRelu: false },
  });
}

function passCalls({ arena, lanes }: GroupContext, pass: Pass): Call[] {
  const { step, source, sourceSize, sourceChannels, out, outSize, outChannels } = pass;
  const [tileRows, tileColumns] = tilesOf(outSize, step);
  const rowBytes = tileColumns * lanes * 4;
  const perRow = planes * (sourceChannels + outChannels) * rowBytes;
  const most = Math.min(tileRows, Math.max(1, Math.floor(chunkBytes / perRow)));
  const mark = arena.mark();
  const [vPlane, mPlane] = [sourceChannels, outChannels].map((n) => apart(n * most * rowBytes));
  const V = arena.take(planes * vPlane);
  const M = arena.take(planes * mPlane);
  const scratch = arena.take(planes * 16);
  arena.release(mark);
  const plane = (size: readonly [number, number]) => size[0] * size[1] * lanes * 4;
  const chunks = Array.from({ length: Math.ceil(tileRows / most) }, (_, i) => i * most);
  return chunks.flatMap((first) => {
    const rows = Math.min(most, tileRows - first);
    return [
      call(
        'winogradInput',
        ...[V, vPlane, source, plane(sourceSize), sourceChannels, ...sourceSize, lanes * 4],
        ...[...pass.padding, step, first, rows, tileColumns, scratch],
      ),
      call(
        'winogradProducts',
        ...[M, mPlane, V, vPlane, pass.weights, pass.weightPlane],
        ...[outChannels, sourceChannels, rows * rowBytes],
      ),
      call(
        'winogradOutput',
        ...[out, plane(outSize), M, mPlane, pass.bias, outChannels, ...outSize, lanes * 4],
        ...[step, first, rows, tileColumns, pass.hasRelu ? 1 : 0, scratch],
      ),
    ];
  });
}
