// Layers and models with every shape and parameter worked out.
import type { Shape } from '@convbook/core';
import type { Initializer } from '../settings/initializer.ts';
import type { WindowFacts } from '../settings/window.ts';

/** A layer as plain data; the registry knows which there are. */
export interface AnySpec {
  readonly kind: string;
}

/** A parameter of a layer; its full name is `<layer name>.<name>`. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  readonly bias: boolean;
  /** Kept and saved with the parameters but not trained, as PyTorch's buffers; default false. */
  readonly isBuffer?: boolean;
}

/** What a layer does to an input of a certain shape. Shapes are without the batch axis. */
export interface LayerFacts {
  readonly outputShape: Shape;
  readonly parameters: readonly ParameterSpec[];
  /** Multiply-adds of one forward pass over one sample. */
  readonly multiplyAdds: number;
  readonly filters: number | null;
  readonly window: WindowFacts | null;
  /** Place in the model, from 0; what a layer of its own draws depends on it. */
  readonly index?: number;
  /** Numbers of the layer with their defaults filled in, as its kernels and reference take them. */
  readonly settings?: Readonly<Record<string, number>>;
}

export interface ResolvedLayer extends LayerFacts {
  /** `conv1`, `dense2`, …: kind and place among its kind, from 1. */
  readonly name: string;
  readonly spec: AnySpec;
  readonly inputShape: Shape;
  readonly index: number;
  readonly parameters: readonly ResolvedParameter[];
}

export interface ResolvedParameter extends ParameterSpec {
  /** Full name, `conv1.weight`. */
  readonly name: string;
  /** `weight` or `bias`. */
  readonly shortName: string;
}

/** A model with every shape and parameter worked out. Shapes are without the batch axis. */
export interface ResolvedModel {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly layers: readonly ResolvedLayer[];
  readonly parameters: readonly ResolvedParameter[];
}

/** Whether training changes a parameter by its gradient. */
export function isTrained({ isBuffer = false }: ParameterSpec): boolean {
  return !isBuffer;
}
