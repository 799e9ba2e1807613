// Activation functions of one number, in the kernels' own order and precision: most in float64 and rounded once, the
// sigmoid in float32.
import type { ActivationName } from '@convbook/core/reference';
import { sigmoidConstants } from '@convbook/core/kernels';
import { exponential, logOnePlus, normalDistribution } from './kernel-math.ts';

const { fround } = Math;

/** f(x) to the bits of the kernel; `parameter` is the slope of leaky ReLU, or ELU's alpha. */
export function activationValue(name: ActivationName, x: number, parameter: number): number {
  switch (name) {
    case 'sigmoid':
      return sigmoid(x);
    case 'tanh':
      return fround(hyperbolicTangent(x));
    case 'softplus':
      return fround(Math.max(x, 0) + logOnePlus(exponential(-Math.abs(x))));
    case 'leakyRelu':
      return fround(x > 0 ? x : x * parameter);
    case 'elu':
      return fround(x > 0 ? x : parameter * rise(x));
    case 'gelu':
      return fround(times(x, normalDistribution(x)));
    case 'silu':
      return fround(times(x, sigmoidInDouble(x)));
    default:
      return name satisfies never;
  }
}

/** x · factor; 0 where the factor has vanished. */
function times(x: number, factor: number): number {
  return Math.abs(factor) <= 1e-300 ? 0 : x * factor;
}

/** eˣ − 1. */
function rise(x: number): number {
  return x > -1e-6 ? x + x * x * 0.5 : exponential(x) - 1;
}

function sigmoidInDouble(x: number): number {
  const e = exponential(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

function hyperbolicTangent(x: number): number {
  const magnitude = Math.abs(x);
  const e = exponential(magnitude * -2);
  const size = magnitude < 1e-4 ? magnitude - magnitude * ((x * x) / 3) : (1 - e) / (1 + e);
  return x < 0 || Object.is(x, -0) ? -size : size;
}

function sigmoid(x: number): number {
  return fround(1 / fround(1 + exponentialOfNegative(x)));
}

/** e⁻ˣ in float32, as `core/assembly/sigmoid.ts` computes it. */
function exponentialOfNegative(x: number): number {
  const [most, least, scale, shift, upper, lower, ...powers] = sigmoidConstants;
  const within = Math.max(Math.min(x, most), least);
  const raised = fround(shift + fround(within * scale));
  const k = fround(raised - shift);
  const r = fround(fround(within + fround(k * upper)) - fround(k * lower));
  const factorials = [...powers, 1];
  const sum = factorials.reduce((total, power) => fround(power - fround(total * r)));
  return fround(sum * floatOf(bitsOf(raised) << 23));
}

const word = new DataView(new ArrayBuffer(4));

function bitsOf(value: number): number {
  word.setFloat32(0, value);
  return word.getInt32(0);
}

function floatOf(bits: number): number {
  word.setInt32(0, bits);
  return word.getFloat32(0);
}
