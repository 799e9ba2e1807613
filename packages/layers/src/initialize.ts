// Initial weights. Element k of a parameter depends on the seed, the parameter's name and k alone.
import { elementCount, normal } from '@convbook/core';
import type { ResolvedModel } from './model.ts';

export type Initializer =
  | { readonly name: 'constant'; readonly value: number }
  | { readonly name: 'normal'; readonly deviation: number };

export const zeros: Initializer = { name: 'constant', value: 0 };

/** N(0, deviation²), as in "Deep Learning from Scratch", chapter 7. */
export function gaussian(deviation: number): Initializer {
  return { name: 'normal', deviation };
}

/** N(0, 2 / inputs), for layers followed by ReLU (He et al., 2015). */
export function heNormal(inputs: number): Initializer {
  return { name: 'normal', deviation: Math.sqrt(2 / inputs) };
}

/** Initial parameters by full name, in the model's order; float32. */
export function initializeParameters(
  model: ResolvedModel,
  seed: number,
): Map<string, Float32Array<ArrayBuffer>> {
  const parameters = new Map<string, Float32Array<ArrayBuffer>>();
  for (const { name, shape, initializer } of model.parameters) {
    const values = new Float32Array(elementCount(shape));
    switch (initializer.name) {
      case 'constant':
        values.fill(initializer.value);
        break;
      case 'normal':
        normal(seed, name, values, 0, initializer.deviation);
        break;
      default:
        initializer satisfies never;
    }
    parameters.set(name, values);
  }
  return parameters;
}
