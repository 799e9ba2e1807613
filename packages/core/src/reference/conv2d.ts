// y[n,f,oh,ow] = bias[f] + Σ_c,kh,kw w[f,c,kh,kw] · x[n,g·C/G+c,oh·s−p+kh·d,ow·s−p+kw·d], g the group of f
// Plain loops over NCHW, any precision: the specification of the kernels.
import { outputSize } from '../output-size.ts';
import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';

/** Stride and padding, each `[height, width]`. */
export interface WindowSettings {
  stride: readonly [number, number];
  padding: readonly [number, number];
}

/** A convolution's window: taps may stand apart, and filters may see only their group's channels. */
export interface ConvSettings extends WindowSettings {
  /** Distance of neighbouring taps; default 1. */
  readonly dilation?: readonly [number, number];
  /** Groups that channels and filters are split into; default 1. */
  readonly groups?: number;
}

function outputSizeOf(
  [, , height, width]: readonly number[],
  [, , kernelHeight, kernelWidth]: readonly number[],
  { stride, padding, dilation = [1, 1] }: ConvSettings,
): readonly [number, number] {
  return [
    outputSize(height, (kernelHeight - 1) * dilation[0] + 1, stride[0], padding[0]),
    outputSize(width, (kernelWidth - 1) * dilation[1] + 1, stride[1], padding[1]),
  ];
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
  settings: ConvSettings,
  visit: (pair: Pairing) => void,
): void {
  const [samples, channels, height, width] = xShape;
  const { stride, padding, dilation = [1, 1], groups = 1 } = settings;
  const [filters, groupChannels, kernelHeight, kernelWidth] = wShape;
  const [outputHeight, outputWidth] = outputSizeOf(xShape, wShape, settings);
  const pair: Pairing = { input: 0, weight: 0, output: 0, filter: 0 };
  for (let n = 0; n < samples; n++)
    for (let f = 0; f < filters; f++)
      for (let oh = 0; oh < outputHeight; oh++)
        for (let ow = 0; ow < outputWidth; ow++) {
          pair.output = ((n * filters + f) * outputHeight + oh) * outputWidth + ow;
          pair.filter = f;
          const firstChannel = Math.floor((f * groups) / filters) * groupChannels;
          for (let c = 0; c < groupChannels; c++)
            for (let kh = 0; kh < kernelHeight; kh++)
              for (let kw = 0; kw < kernelWidth; kw++) {
                const row = oh * stride[0] - padding[0] + kh * dilation[0];
                const column = ow * stride[1] - padding[1] + kw * dilation[1];
                if (row < 0 || row >= height || column < 0 || column >= width) continue;
                pair.input = ((n * channels + firstChannel + c) * height + row) * width + column;
                pair.weight = ((f * groupChannels + c) * kernelHeight + kh) * kernelWidth + kw;
                visit(pair);
              }
        }
}

/** x `[n, c, h, w]`, w `[f, c / groups, kh, kw]`, bias `[f]` or none → `[n, f, oh, ow]`. */
export function conv2dForward(
  x: Tensor,
  w: Tensor,
  bias: FloatArray | null,
  settings: ConvSettings,
): Tensor {
  const [samples] = x.shape;
  const [filters] = w.shape;
  const [outputHeight, outputWidth] = outputSizeOf(x.shape, w.shape, settings);
  const plane = outputHeight * outputWidth;
  const y = zerosLike(x.data, samples * filters * plane);
  for (let i = 0; i < y.length; i++) y[i] = bias ? bias[Math.floor(i / plane) % filters] : 0;
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
  settings: ConvSettings,
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
