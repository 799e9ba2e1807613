// Elementwise activations in float64: value and derivative at x. `parameter` is the slope of leaky
// ReLU below zero, or ELU's alpha.
import { exp, log, tanh } from '../math.ts';

/** Their places are the kernel's `kind` numbers. */
export const activationNames = [
  'sigmoid',
  'tanh',
  'softplus',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
] as const;

/** Name of an elementwise activation. */
export type ActivationName = (typeof activationNames)[number];

/** An elementwise activation and its derivative, both of the input and a parameter. */
export interface ActivationReference {
  value(x: number, parameter: number): number;
  derivative(x: number, parameter: number): number;
}

/** 1 / (1 + e⁻ˣ), without overflow. */
function sigmoid(x: number): number {
  const power = exp(-Math.abs(x));
  return (x < 0 ? power : 1) / (1 + power);
}

/** log(1 + e) for small e without cancellation. */
function logOnePlus(e: number): number {
  const sum = 1 + e;
  return sum === 1 ? e : (log(sum) * e) / (sum - 1);
}

/** Φ(x): the series of erf near zero, the continued fraction of erfc beyond. */
function normalDistribution(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const tail = z < 2.5 ? 0.5 - erfSeries(z) / 2 : erfcFraction(z) / 2;
  return x < 0 ? tail : 1 - tail;
}

// erf(z) = 2/√π · e^(−z²) · Σ 2ⁿ z²ⁿ⁺¹ / (1·3·5…(2n+1)): every term is positive.
function erfSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * exp(-z * z) * sum;
}

// erfc(z) = e^(−z²) / √π · 1 / (z + (1/2) / (z + 1 / (z + (3/2) / (z + …))))
function erfcFraction(z: number): number {
  if (z > 40) return 0;
  let fraction = z;
  for (let n = 120; n > 0; n--) fraction = z + n / 2 / fraction;
  return exp(-z * z) / (Math.sqrt(Math.PI) * fraction);
}

function normalDensity(x: number): number {
  return exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

// x · factor; zero, the limit, where the factor has vanished.
function times(x: number, factor: number): number {
  return factor === 0 ? 0 : x * factor;
}

/** Each elementwise activation as a plain function, with its derivative. */
export const activationReferences: Readonly<Record<ActivationName, ActivationReference>> = {
  sigmoid: {
    value: sigmoid,
    derivative: (x) => sigmoid(x) * sigmoid(-x),
  },
  tanh: {
    value: tanh,
    derivative: (x) => 4 * sigmoid(2 * x) * sigmoid(-2 * x),
  },
  softplus: {
    value: (x) => Math.max(x, 0) + logOnePlus(exp(-Math.abs(x))),
    derivative: sigmoid,
  },
  leakyRelu: {
    value: (x, slope) => (x > 0 ? x : slope * x),
    derivative: (x, slope) => (x > 0 ? 1 : slope),
  },
  elu: {
    value: (x, alpha) => (x > 0 ? x : alpha * (x > -1e-5 ? x + (x * x) / 2 : exp(x) - 1)),
    derivative: (x, alpha) => (x > 0 ? 1 : alpha * exp(x)),
  },
  gelu: {
    value: (x) => times(x, normalDistribution(x)),
    derivative: (x) => normalDistribution(x) + times(x, normalDensity(x)),
  },
  silu: {
    value: (x) => times(x, sigmoid(x)),
    derivative: (x) => sigmoid(x) + times(x, sigmoid(x) * sigmoid(-x)),
  },
};
