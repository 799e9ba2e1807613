import { anyNumber, atLeastZero, atMost, checkNumber } from '@convbook/core/checks';
import { ConfigurationError } from '@convbook/core';

/** How a parameter is initialized, as plain data. */
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

/** Shape of the distribution that a scaled initializer draws from. */
export type Distribution = 'normal' | 'uniform';

/** Every element is 0. */
export const zeros: Initializer = { name: 'constant', value: 0 };

/** Every element is `value`. */
export function constant(value: number): Initializer {
  return { name: 'constant', value };
}

/** N(0, deviation²), as in "Deep Learning from Scratch", chapter 7. */
export function gaussian(deviation: number): Initializer {
  return { name: 'normal', deviation };
}

/** Evenly distributed between two numbers. */
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

/** So that no draw is infinite as a float32: a normal one is at most 8.6 deviations from its mean. */
const mostInitial = 1e37;

/** Any number that a parameter may begin with. */
export const anyValue = atMost(mostInitial, anyNumber);

const names = ['constant', 'normal', 'uniform', 'xavier', 'he', 'lecun'];

/** @throws ConfigurationError naming `where` when the name or a setting does not fit. */
export function checkInitializer(initializer: Initializer, where: string): void {
  switch (initializer.name) {
    case 'constant':
      checkNumber(`${where}.value`, initializer.value, anyValue);
      return;
    case 'normal':
      checkNumber(`${where}.deviation`, initializer.deviation, atMost(mostInitial, atLeastZero));
      checkNumber(`${where}.mean`, initializer.mean ?? 0, anyValue);
      return;
    case 'uniform': {
      const { low, high } = initializer;
      checkNumber(`${where}.low`, low, anyValue);
      const isAbove = (value: number) => Number.isFinite(value) && value >= low;
      const expected = { text: `a number of at least ${low}`, accepts: isAbove };
      checkNumber(`${where}.high`, high, atMost(mostInitial, expected));
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
