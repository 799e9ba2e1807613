// Initial weights. Element k of a parameter depends on the seed, the parameter's name and k alone.
import { elementCount, normal, uniform, type Shape } from '@convbook/core';
import type { ResolvedModel, ResolvedParameter } from '../calls/resolved.ts';
import type { Initializer, ScaledInitializer } from '../settings/initializer.ts';

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

/** Fills `out` with the initial values of a parameter, from element `begin`, which is even. */
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

// In a weight [outputs, inputs, kh, kw] each output has inputs · kh · kw inputs, and each input has
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
