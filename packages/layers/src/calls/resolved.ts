// Layers and models with every shape and parameter worked out. Shapes are without the batch axis.
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

/** A layer applied to an input of a certain shape. */
export interface LayerFacts<Settings = unknown> {
  readonly outputShape: Shape;
  readonly parameters: readonly ParameterSpec[];
  /** Multiply-adds of one forward pass over one sample. */
  readonly multiplyAdds: number;
  readonly filters: number | null;
  readonly window: WindowFacts | null;
  /** The layer's own numbers with their defaults filled in, as its calls and reference take them. */
  readonly settings: Settings;
  /** The layers inside it, where it is made of others; their parameters are among its own. */
  readonly branches?: Branches;
}

/** The two ways from a residual block's input to its sum. */
export interface Branches {
  readonly body: readonly ResolvedLayer[];
  /** A convolution, or null where the input itself is added. */
  readonly shortcut: ResolvedLayer | null;
}

/** Facts of a layer without parameters, filters or window. */
export function plainFacts<Settings>(outputShape: Shape, settings: Settings): LayerFacts<Settings> {
  return { outputShape, parameters: [], multiplyAdds: 0, filters: null, window: null, settings };
}

export interface ResolvedLayer<
  Settings = unknown,
  Spec extends AnySpec = AnySpec,
> extends LayerFacts<Settings> {
  /** `conv1`, `dense2`, …: kind and place among its kind, from 1; inside a block `residual1.conv1`. */
  readonly name: string;
  readonly spec: Spec;
  readonly inputShape: Shape;
  /**
   * Place in the model, from 0, layers inside a block counted after it; the layer's random numbers
   * depend on it.
   */
  readonly index: number;
  readonly parameters: readonly ResolvedParameter[];
}

/** A parameter with its full name, as files have it. */
export interface ResolvedParameter extends ParameterSpec {
  /** Full name, `conv1.weight`. */
  readonly name: string;
  /** `weight` or `bias`. */
  readonly shortName: string;
  /** Whether training leaves it as it is, as `freezeLayers` made it; default false. */
  readonly isFrozen?: boolean;
}

/** A model with every shape and parameter worked out. */
export interface ResolvedModel<Spec extends AnySpec = AnySpec> {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly layers: readonly ResolvedLayer<unknown, Spec>[];
  readonly parameters: readonly ResolvedParameter[];
}

/** Whether training changes a parameter by its gradient. */
export function isTrained({
  isBuffer = false,
  isFrozen = false,
}: Pick<ResolvedParameter, 'isBuffer' | 'isFrozen'>): boolean {
  return !isBuffer && !isFrozen;
}

/** Whether training leaves all parameters of a layer as they are; false where it has none. */
export function isFrozen({ parameters }: Pick<ResolvedLayer, 'parameters'>): boolean {
  return parameters.length > 0 && parameters.every((parameter) => parameter.isFrozen === true);
}

/** The layers, with those inside a block instead of the block. */
export function leavesOf(layers: readonly ResolvedLayer[]): ResolvedLayer[] {
  return layers.flatMap((layer) => {
    if (!layer.branches) return [layer];
    const { body, shortcut } = layer.branches;
    return shortcut ? [...body, shortcut] : body;
  });
}
