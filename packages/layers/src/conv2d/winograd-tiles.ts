// Winograd's F(4×4, 3×3) and F(2×2, 5×5): a map is cut into tiles of 4 × 4 or 2 × 2 outputs, each computed
// from 6 × 6 inputs. Transformed, a tile is 36 numbers, each in a plane of its own.
import { alignment } from '../calls/place.ts';
import { forwardTaps } from '../calls/window-program.ts';
import type { ConvShape } from './geometry.ts';

export const planes = 36;
const tileInputs = 6;

/** Scratch bytes that the kernels need for one tile: they transform two vectors at a time. */
export const tileScratchBytes = planes * 32;

/** With fewer channels, a tile's products are too few to pay for the transforms; by kernel size. */
const fewestChannels: Readonly<Record<number, number>> = { 3: 16, 5: 6 };
/** Cost of transforms and products over that of the products, measured at 20 to 64 channels. */
const transformFactor = 1.5;

/** Whether Winograd needs less work than the direct kernel in this direction. */
export function winogradSaves(shape: ConvShape, direction: 'forward' | 'inputGradient'): boolean {
  if (!fitsTiles(shape)) return false;
  const { filters, channels, inputSize, outputSize, window } = shape;
  const { kernelSize, padding } = window;
  const [size] = kernelSize;
  if (Math.min(filters, channels) < (fewestChannels[size] ?? Infinity)) return false;
  const products = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], size, 1, padding[i]).reduce((n, t) => n + t.length, 0);
  const made = direction === 'forward' ? outputSize : inputSize;
  const [rows, columns] = tilesOf(made, tileStep(shape));
  return rows * columns * planes * transformFactor <= products(0) * products(1);
}

function fitsTiles({ groups, window }: ConvShape): boolean {
  const { kernelSize, stride, padding, dilation } = window;
  const isOf = (pair: readonly number[], value: number) => pair.every((each) => each === value);
  const isSquare = isOf(kernelSize, kernelSize[0]);
  const isDense = isOf(stride, 1) && isOf(dilation, 1) && groups === 1;
  return isSquare && isDense && padding.every((each) => each < kernelSize[0]);
}

/** Outputs of a tile along an axis. */
export function tileStep({ window }: ConvShape): number {
  return tileInputs + 1 - window.kernelSize[0];
}

/** Tiles along each axis of a map. */
export function tilesOf(
  size: readonly [number, number],
  step: number,
): readonly [rows: number, columns: number] {
  return [Math.ceil(size[0] / step), Math.ceil(size[1] / step)];
}

/** Tiles of the convolution's output. */
export function winogradTiles(shape: ConvShape): number {
  const [rows, columns] = tilesOf(shape.outputSize, tileStep(shape));
  return rows * columns;
}

/**
 * Bytes from one of the 36 planes to the next: an odd number of cache lines. At a multiple of 4 KiB
 * the numbers of a tile would all meet in one set of the level-1 cache.
 */
export function planeStride(planeBytes: number): number {
  const lines = Math.ceil(planeBytes / alignment);
  return (lines % 2 === 0 ? lines + 1 : lines) * alignment;
}
