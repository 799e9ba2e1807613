// Padding counts as −infinity; where a window has several maxima the first in row-major order gets
// the gradient, as in PyTorch.
import { outputSize } from '../output-size.ts';
import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';
import type { WindowSettings } from './conv2d.ts';

/** x `[n, c, h, w]` → y `[n, c, oh, ow]` and, for each output, the index of its maximum in x. */
export function maxPool2dForward(
  x: Tensor,
  size: readonly [number, number],
  { stride, padding }: WindowSettings,
): { y: Tensor; indexes: Int32Array } {
  const [samples, channels, height, width] = x.shape;
  const outputHeight = outputSize(height, size[0], stride[0], padding[0]);
  const outputWidth = outputSize(width, size[1], stride[1], padding[1]);
  const shape = [samples, channels, outputHeight, outputWidth];
  const y = zerosLike(x.data, samples * channels * outputHeight * outputWidth).fill(-Infinity);
  const indexes = new Int32Array(y.length).fill(-1);
  for (let plane = 0, output = 0; plane < samples * channels; plane++)
    for (let oh = 0; oh < outputHeight; oh++)
      for (let ow = 0; ow < outputWidth; ow++, output++)
        for (let kh = 0; kh < size[0]; kh++)
          for (let kw = 0; kw < size[1]; kw++) {
            const row = oh * stride[0] - padding[0] + kh;
            const column = ow * stride[1] - padding[1] + kw;
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            const input = (plane * height + row) * width + column;
            if (indexes[output] < 0 || x.data[input] > y[output]) {
              y[output] = x.data[input];
              indexes[output] = input;
            }
          }
  return { y: { shape, data: y }, indexes };
}

/** Gradient with respect to x, given the indexes of the forward pass. */
export function maxPool2dBackward(
  inputLength: number,
  indexes: Int32Array,
  dY: FloatArray,
): FloatArray {
  const dX = zerosLike(dY, inputLength);
  dY.forEach((gradient, i) => (dX[indexes[i]] += gradient));
  return dX;
}
