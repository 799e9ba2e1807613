import { zerosLike, type FloatArray, type Tensor } from '../tensor.ts';

/** y = x · wᵀ + bias: x `[n, inputs]`, w `[outputs, inputs]` → `[n, outputs]`. */
export function denseForward(x: Tensor, w: Tensor, bias: FloatArray): Tensor {
  const samples = x.shape[0];
  const [outputs, inputs] = w.shape;
  const y = zerosLike(x.data, samples * outputs);
  for (let n = 0; n < samples; n++)
    for (let o = 0; o < outputs; o++) {
      let sum = bias[o];
      for (let i = 0; i < inputs; i++) sum += w.data[o * inputs + i] * x.data[n * inputs + i];
      y[n * outputs + o] = sum;
    }
  return { shape: [samples, outputs], data: y };
}

/** Gradients of `Σ y·dY`: dX = dY · w, dW = dYᵀ · x, dBias = Σ dY over samples. */
export function denseBackward(
  x: Tensor,
  w: Tensor,
  dY: Tensor,
): { dX: FloatArray; dW: FloatArray; dBias: FloatArray } {
  const samples = x.shape[0];
  const [outputs, inputs] = w.shape;
  const dX = zerosLike(x.data, x.data.length);
  const dW = zerosLike(x.data, w.data.length);
  const dBias = zerosLike(x.data, outputs);
  for (let n = 0; n < samples; n++)
    for (let o = 0; o < outputs; o++) {
      const gradient = dY.data[n * outputs + o];
      dBias[o] += gradient;
      for (let i = 0; i < inputs; i++) {
        dX[n * inputs + i] += w.data[o * inputs + i] * gradient;
        dW[o * inputs + i] += x.data[n * inputs + i] * gradient;
      }
    }
  return { dX, dW, dBias };
}
