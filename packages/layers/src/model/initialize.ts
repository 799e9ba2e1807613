// Initial weights. Element k of a parameter depends on the seed, the parameter's name and k alone.
import {
  anyNumber,
  atLeastZero,
  checkNumber,
  ConfigurationError,
  elementCount,
  normal,
  uniform,
  type Shape,
} from '@convbook/core';
import type { ResolvedModel, ResolvedParameter } from './model.ts';

/** How a parameter begins, as plain data. */
export type Initializer =
  | { readonly name: 'constant'; readonly value: number }
  | { readonly name: 'normal'; readonly deviation: number; readonly mean?: number }
  | { readonly name: 'uniform'; readonly low: number; readonly high: number }
  | ScaledInitializer;

/** Mean 0, and a variance that follows from the parameter's own inputs and outputs. */
export interface ScaledInitializer {
  readonly name: 'xavier' | 'he' | 'lecun';
  readonly distribution: Distribution;
}

export type Distribution = 'normal' | 'uniform';

export const zeros: Initializer = { name: 'constant', value: 0 };

export function constant(value: number): Initializer {
  return { name: 'constant', value };
}

/** N(0, deviation²), as in "Deep Learning from Scratch", chapter 7. */
export function gaussian(deviation: number): Initializer {
  return { name: 'normal', deviation };
}

/** Evenly between two numbers. */
export function uniformBetween(low: number, high: number): Initializer {
  return { name: 'uniform', low, high };
}

/** N(0, 2 / inputs), for layers followed by ReLU (He et al., 2015). */
export function heNormal(inputs: number): Initializer {
  return { name: 'normal', deviation: Math.sqrt(2 / inputs) };
}

/** Variance 2 / (inputs + outputs), for tanh and sigmoid (Glorot and Bengio, 2010). */
export function xavier(distribution: Distribution = 'normal'): Initializer {
  return { name: 'xavier', distribution };
}

/** Variance 2 / inputs, for ReLU (He et al., 2015). */
export function he(distribution: Distribution = 'normal'): Initializer {
  return { name: 'he', distribution };
}

/** Variance 1 / inputs (LeCun, Bottou, Orr and Müller, 1998). */
export function lecun(distribution: Distribution = 'normal'): Initializer {
  return { name: 'lecun', distribution };
}

const names = ['constant', 'normal', 'uniform', 'xavier', 'he', 'lecun'];

/** @throws ConfigurationError naming `where` when the name or a setting does not fit. */
export function checkInitializer(initializer: Initializer, where: string): void {
  switch (initializer.name) {
    case 'constant':
      checkNumber(`${where}.value`, initializer.value, anyNumber);
      return;
    case 'normal':
      checkNumber(`${where}.deviation`, initializer.deviation, atLeastZero);
      checkNumber(`${where}.mean`, initializer.mean ?? 0, anyNumber);
      return;
    case 'uniform': {
      const { low, high } = initializer;
      checkNumber(`${where}.low`, low, anyNumber);
      const isAbove = (value: number) => Number.isFinite(value) && value >= low;
      checkNumber(`${where}.high`, high, { text: `a number of at least ${low}`, accepts: isAbove });
      return;
    }
    case 'xavier':
    case 'he':
    case 'lecun':
      if (['normal', 'uniform'].includes(initializer.distribution)) return;
      throw new ConfigurationError(
        `${where}.distribution: expected normal or uniform, ` +
          `got ${JSON.stringify(initializer.distribution)}`,
      );
    default:
      throw new ConfigurationError(
        `${where}.name: expected one of ${names.join(', ')}, ` +
          `got ${JSON.stringify((initializer satisfies never as Initializer).name)}`,
      );
  }
}

/** Initial parameters by full name, in the model's order; float32. */
export function initializeParameters(
  model: ResolvedModel,
  seed: number,
): Map<string, Float32Array<ArrayBuffer>> {
  return new Map(
    model.parameters.map((parameter) => {
      const values = new Float32Array(elementCount(parameter.shape));
      initializeRange(parameter, seed, values, 0);
      return [parameter.name, values] as const;
    }),
  );
}

/** Fills `out` with the elements of a parameter from `begin`, which is even, as they begin. */
export function initializeRange(
  { name, shape, initializer }: ResolvedParameter,
  seed: number,
  out: Float32Array,
  begin: number,
): void {
  const plain = toPlain(initializer, shape);
  switch (plain.name) {
    case 'constant':
      out.fill(plain.value);
      return;
    case 'normal':
      normal(seed, name, out, plain.mean ?? 0, plain.deviation, begin);
      return;
    case 'uniform':
      uniform(seed, name, out, plain.low, plain.high, begin);
      return;
    default:
      plain satisfies never;
  }
}

// Of a weight [outputs, inputs, kh, kw]: an output has inputs · kh · kw inputs, an input has
// outputs · kh · kw outputs, as in PyTorch. A uniform distribution on ±a has variance a² / 3.
function toPlain(initializer: Initializer, shape: Shape): Exclude<Initializer, ScaledInitializer> {
  if (!('distribution' in initializer)) return initializer;
  const inputs = elementCount(shape.slice(1));
  const outputs = shape[0] * elementCount(shape.slice(2));
  const variance = varianceOf(initializer.name, inputs, outputs);
  if (initializer.distribution === 'normal') {
    return { name: 'normal', deviation: Math.sqrt(variance) };
  }
  const limit = Math.sqrt(3 * variance);
  return { name: 'uniform', low: -limit, high: limit };
}

function varianceOf(name: ScaledInitializer['name'], inputs: number, outputs: number): number {
  switch (name) {
    case 'xavier':
      return 2 / (inputs + outputs);
    case 'he':
      return 2 / inputs;
    case 'lecun':
      return 1 / inputs;
    default:
      return name satisfies never;
  }
}
