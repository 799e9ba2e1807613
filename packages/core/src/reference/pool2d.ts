// Windows of pooling over NCHW, plain loops: the specification of the pooling kernels. Padding is
// −infinity for the maximum, +infinity for the minimum and 0 for the average.
import { outputSize } from '../output-size.ts';
import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';
import type { WindowSettings } from './conv2d.ts';

/** Stride, padding and dilation of a pooling window, and what padding counts as. */
export interface PoolSettings extends WindowSettings {
  /** `[height, width]` of the output; default the floor of the formula. */
  readonly outputSize?: readonly [number, number];
  /** Average: whether padding counts in the divisor; default true. */
  readonly countPadding?: boolean;
}

type Size = readonly [number, number];

interface Window {
  output: number;
  /** Index in x of each position inside the input, row by row. */
  inputs: number[];
  /** Positions inside the padded input. */
  padded: number;
}

function poolShape(x: Tensor, size: Size, settings: PoolSettings): number[] {
  const [samples, channels, height, width] = x.shape;
  const { stride, padding } = settings;
  const own = settings.outputSize ?? [
    outputSize(height, size[0], stride[0], padding[0]),
    outputSize(width, size[1], stride[1], padding[1]),
  ];
  return [samples, channels, ...own];
}

function* windows(x: Tensor, size: Size, settings: PoolSettings): Generator<Window> {
  const [samples, channels, height, width] = x.shape;
  const { stride, padding } = settings;
  const [, , outputHeight, outputWidth] = poolShape(x, size, settings);
  for (let plane = 0, output = 0; plane < samples * channels; plane++)
    for (let oh = 0; oh < outputHeight; oh++)
      for (let ow = 0; ow < outputWidth; ow++, output++) {
        const window: Window = { output, inputs: [], padded: 0 };
        for (let kh = 0; kh < size[0]; kh++)
          for (let kw = 0; kw < size[1]; kw++) {
            const row = oh * stride[0] - padding[0] + kh;
            const column = ow * stride[1] - padding[1] + kw;
            if (row < height + padding[0] && column < width + padding[1]) window.padded++;
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            window.inputs.push((plane * height + row) * width + column);
          }
        yield window;
      }
}

/**
 * The largest of each window: x `[n, c, h, w]` → y `[n, c, oh, ow]` and, for each output, the index
 * of its first maximum in x, row by row, as in PyTorch.
 */
export function maxPool2dForward(
  x: Tensor,
  size: Size,
  settings: PoolSettings,
): { y: Tensor; indexes: Int32Array } {
  const shape = poolShape(x, size, settings);
  const y = zerosLike(
    x.data,
    shape.reduce((a, b) => a * b),
  );
  const indexes = new Int32Array(y.length);
  for (const { output, inputs } of windows(x, size, settings)) {
    indexes[output] = inputs.reduce((best, i) => (x.data[i] > x.data[best] ? i : best));
    y[output] = x.data[indexes[output]];
  }
  return { y: { shape, data: y }, indexes };
}

/** The smallest of each window, as `maxPool2dForward`. */
export function minPool2dForward(
  x: Tensor,
  size: Size,
  settings: PoolSettings,
): { y: Tensor; indexes: Int32Array } {
  const negative = { shape: x.shape, data: x.data.map((value) => -value) };
  const { y, indexes } = maxPool2dForward(negative, size, settings);
  return { y: { shape: y.shape, data: y.data.map((value) => -value) }, indexes };
}

/** Gradient of maximum or minimum with respect to x, given the indexes of the forward pass. */
export function maxPool2dBackward(
  inputLength: number,
  indexes: Int32Array,
  dY: FloatArray,
): FloatArray {
  const dX = zerosLike(dY, inputLength);
  dY.forEach((gradient, i) => (dX[indexes[i]] += gradient));
  return dX;
}

/** The mean of each window, over all its positions or only those inside the input. */
export function avgPool2dForward(x: Tensor, size: Size, settings: PoolSettings): Tensor {
  const shape = poolShape(x, size, settings);
  const y = zerosLike(
    x.data,
    shape.reduce((a, b) => a * b),
  );
  for (const { output, inputs, padded } of windows(x, size, settings)) {
    const sum = inputs.reduce((total, i) => total + x.data[i], 0);
    y[output] = sum / ((settings.countPadding ?? true) ? padded : inputs.length);
  }
  return { shape, data: y };
}

/** Gradient of the mean: every position of a window gets its share. */
export function avgPool2dBackward(
  x: Tensor,
  size: Size,
  settings: PoolSettings,
  dY: FloatArray,
): FloatArray {
  const dX = zerosLike(dY, x.data.length);
  for (const { output, inputs, padded } of windows(x, size, settings)) {
    const divisor = (settings.countPadding ?? true) ? padded : inputs.length;
    for (const i of inputs) dX[i] += dY[output] / divisor;
  }
  return dX;
}
