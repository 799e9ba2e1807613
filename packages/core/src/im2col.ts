// Convolution as one matrix product, as "Deep Learning from Scratch" §7.4 teaches it. The kernels
// do not use it.
import { outputSize } from './output-size.ts';
import type { WindowSettings } from './reference/conv2d.ts';
import { elementCount, zerosLike, type Shape, type Tensor } from './tensor.ts';

/** Where a window sits: the image's shape, the kernel's `[height, width]`, stride and padding. */
interface Placement extends WindowSettings {
  shape: Shape;
  kernelSize: readonly [number, number];
}

/**
 * Each window position as a row: `[batch, channels, height, width]` → `[batch·OH·OW,
 * channels·KH·KW]`.
 *
 * Rows in order of sample, output row, output column; columns in order of channel, kernel row,
 * kernel column. Throws ConfigurationError where the window does not fit, RangeError where the data
 * do not have the shape.
 */
export function im2col(
  images: Tensor,
  kernelSize: readonly [number, number],
  settings: WindowSettings,
): Tensor {
  checkTensor('im2col', images, 4);
  const placement = { shape: images.shape, kernelSize, ...settings };
  const shape = matrixShape(placement);
  const data = zerosLike(images.data, elementCount(shape));
  visitElements(placement, (pixel, element) => {
    data[element] = images.data[pixel];
  });
  return { shape, data };
}

/**
 * The adjoint of `im2col`: adds every matrix element to the pixel it was taken from.
 *
 * `[batch·OH·OW, channels·KH·KW]` → `shape`, `[batch, channels, height, width]`; what lay in the
 * padding is dropped. Throws ConfigurationError where the window does not fit, RangeError where the
 * matrix has another shape.
 */
export function col2im(
  columns: Tensor,
  shape: Shape,
  kernelSize: readonly [number, number],
  settings: WindowSettings,
): Tensor {
  checkTensor('col2im', columns, 2);
  const placement = { shape, kernelSize, ...settings };
  const expected = matrixShape(placement);
  if (expected.join() !== columns.shape.join()) {
    throw new RangeError(
      `col2im: expected a matrix [${expected.join(', ')}], got [${columns.shape.join(', ')}]; pass the shape and window given to im2col`,
    );
  }
  const data = zerosLike(columns.data, elementCount(shape));
  visitElements(placement, (pixel, element) => {
    data[pixel] += columns.data[element];
  });
  return { shape, data };
}

function matrixShape(placement: Placement): [rows: number, columns: number] {
  const [N, C] = placement.shape;
  const [KH, KW] = placement.kernelSize;
  const [OH, OW] = outputSizes(placement);
  return [N * OH * OW, C * KH * KW];
}

function outputSizes({ shape, kernelSize, stride, padding }: Placement): [number, number] {
  return [
    outputSize(shape[2], kernelSize[0], stride[0], padding[0]),
    outputSize(shape[3], kernelSize[1], stride[1], padding[1]),
  ];
}

/** Calls `visit(pixel, element)` for each matrix element that is not padding, in matrix order. */
function visitElements(
  placement: Placement,
  visit: (pixel: number, element: number) => void,
): void {
  const { shape, kernelSize, stride, padding } = placement;
  const [N, C, H, W] = shape;
  const [KH, KW] = kernelSize;
  const [OH, OW] = outputSizes(placement);
  let element = 0;
  for (let n = 0; n < N; n++)
    for (let oh = 0; oh < OH; oh++)
      for (let ow = 0; ow < OW; ow++)
        for (let c = 0; c < C; c++)
          for (let kh = 0; kh < KH; kh++)
            for (let kw = 0; kw < KW; kw++, element++) {
              const h = oh * stride[0] + kh - padding[0];
              const w = ow * stride[1] + kw - padding[1];
              if (h >= 0 && h < H && w >= 0 && w < W) visit(((n * C + c) * H + h) * W + w, element);
            }
}

function checkTensor(where: string, { shape, data }: Tensor, axes: number): void {
  if (shape.length === axes && data.length === elementCount(shape)) return;
  throw new RangeError(
    `${where}: expected a shape of ${axes} axes with ${data.length} values, got [${shape.join(', ')}]; pass the array's own shape`,
  );
}
