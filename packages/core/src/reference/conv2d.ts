// y[n,f,oh,ow] = bias[f] + Σ_c,kh,kw w[f,c,kh,kw] · x[n,c,oh·s−p+kh,ow·s−p+kw]
// Plain loops over NCHW, any precision: the specification of the kernels.
import { outputSize } from '../output-size.ts';
import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';

/** Stride and padding, each `[height, width]`. */
export interface WindowSettings {
  stride: readonly [number, number];
  padding: readonly [number, number];
}

interface Pairing {
  input: number;
  weight: number;
  output: number;
  filter: number;
}

// Calls `visit` for every multiply-add of the convolution: which input meets which weight, and
// which output it belongs to.
function forEachPair(
  xShape: readonly number[],
  wShape: readonly number[],
  { stride, padding }: WindowSettings,
  visit: (pair: Pairing) => void,
): void {
  const [samples, channels, height, width] = xShape;
  const [filters, , kernelHeight, kernelWidth] = wShape;
  const outputHeight = outputSize(height, kernelHeight, stride[0], padding[0]);
  const outputWidth = outputSize(width, kernelWidth, stride[1], padding[1]);
  const pair: Pairing = { input: 0, weight: 0, output: 0, filter: 0 };
  for (let n = 0; n < samples; n++)
    for (let f = 0; f < filters; f++)
      for (let oh = 0; oh < outputHeight; oh++)
        for (let ow = 0; ow < outputWidth; ow++) {
          pair.output = ((n * filters + f) * outputHeight + oh) * outputWidth + ow;
          pair.filter = f;
          for (let c = 0; c < channels; c++)
            for (let kh = 0; kh < kernelHeight; kh++)
              for (let kw = 0; kw < kernelWidth; kw++) {
                const row = oh * stride[0] - padding[0] + kh;
                const column = ow * stride[1] - padding[1] + kw;
                if (row < 0 || row >= height || column < 0 || column >= width) continue;
                pair.input = ((n * channels + c) * height + row) * width + column;
                pair.weight = ((f * channels + c) * kernelHeight + kh) * kernelWidth + kw;
                visit(pair);
              }
        }
}

/** x `[n, c, h, w]`, w `[f, c, kh, kw]`, bias `[f]` → `[n, f, oh, ow]`. */
export function conv2dForward(
  x: Tensor,
  w: Tensor,
  bias: FloatArray,
  settings: WindowSettings,
): Tensor {
  const [samples, , height, width] = x.shape;
  const [filters, , kernelHeight, kernelWidth] = w.shape;
  const outputHeight = outputSize(height, kernelHeight, settings.stride[0], settings.padding[0]);
  const outputWidth = outputSize(width, kernelWidth, settings.stride[1], settings.padding[1]);
  const plane = outputHeight * outputWidth;
  const y = zerosLike(x.data, samples * filters * plane);
  for (let i = 0; i < y.length; i++) y[i] = bias[Math.floor(i / plane) % filters];
  forEachPair(x.shape, w.shape, settings, ({ input, weight, output }) => {
    y[output] += w.data[weight] * x.data[input];
  });
  return { shape: [samples, filters, outputHeight, outputWidth], data: y };
}

/** Gradients of `Σ y·dY` with respect to x, w and bias. */
export function conv2dBackward(
  x: Tensor,
  w: Tensor,
  dY: Tensor,
  settings: WindowSettings,
): { dX: FloatArray; dW: FloatArray; dBias: FloatArray } {
  const dX = zerosLike(x.data, x.data.length);
  const dW = zerosLike(x.data, w.data.length);
  forEachPair(x.shape, w.shape, settings, ({ input, weight, output }) => {
    dX[input] += w.data[weight] * dY.data[output];
    dW[weight] += x.data[input] * dY.data[output];
  });
  const [, filters, outputHeight, outputWidth] = dY.shape;
  const dBias = zerosLike(x.data, filters);
  const plane = outputHeight * outputWidth;
  dY.data.forEach((gradient, i) => (dBias[Math.floor(i / plane) % filters] += gradient));
  return { dX, dW, dBias };
}
