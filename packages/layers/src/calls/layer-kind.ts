// What every layer says about itself. A new layer is a file that exports a LayerKind, a line in
// registry.ts and a row in the registry test.
import type { Draws, FloatArray, Shape, Tensor } from '@convbook/core';
import type { Initializer } from '../model/initialize.ts';
import type { ResolvedLayer } from '../model/model.ts';
import type { PlanGroup } from './contexts.ts';
import type { WholeBatchKind } from './whole-batch.ts';

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

/** Filter or pooling window, each `[height, width]`. */
export interface WindowFacts {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  /** Distance of neighbouring taps. */
  readonly dilation: readonly [number, number];
  /** Rows and columns that no window reaches because the stride does not divide. */
  readonly dropped: readonly [number, number];
  /** Groups of a convolution. */
  readonly groups?: number;
  /** Average pooling: whether padding counts in the divisor. */
  readonly countPadding?: boolean;
}

/** The parameters and buffers of one layer by their short name, each in its own shape. */
export type LayerParameters = Readonly<Record<string, Tensor>>;

/** Plain loops of `core` over NCHW, in any precision: the specification of the layer's kernels. */
export interface LayerReference {
  /** `draws`: in training; without them the layer is as in evaluation. */
  forward(x: Tensor, parameters: LayerParameters, facts: LayerFacts, draws?: Draws): Tensor;
  /** Gradients of `Σ y·dY`: of x, and of each trained parameter by its short name. */
  backward(
    x: Tensor,
    y: Tensor,
    dY: Tensor,
    parameters: LayerParameters,
    facts: LayerFacts,
    draws?: Draws,
  ): { dX: FloatArray; parameters: Readonly<Record<string, FloatArray>> };
  /** Buffers after a training step on x, by short name; only where a layer has any. */
  moveBuffers?(
    x: Tensor,
    parameters: LayerParameters,
    facts: LayerFacts,
  ): Readonly<Record<string, FloatArray>>;
}

/** What a setting is, where no type checker saw it. */
export type SettingType = 'number' | 'pair' | 'boolean' | 'text' | 'initializer';

/** Every setting of a layer with its type. */
export type SettingTypes<Spec> = {
  readonly [Name in Exclude<keyof Spec, 'kind'>]-?: SettingType;
};

export interface LayerKind<Spec extends { readonly kind: string }> {
  readonly kind: Spec['kind'];
  /** First part of the layer's name: `conv` of `conv1`. */
  readonly prefix: string;
  /** Whether the summary puts the layer into the row of the one before. */
  readonly isActivation: boolean;
  readonly settingTypes: SettingTypes<Spec>;
  /** @throws ConfigurationError when the settings or the input do not fit, naming `where`. */
  resolve(spec: Spec, inputShape: Shape, where: string): LayerFacts;
  readonly reference: LayerReference;
  /** Its kernel calls, and those of the layers its group has behind it; null moves no data. */
  readonly plan: PlanGroup | null;
  /** How its weights' gradient is made from the whole batch; where there is none, shard by shard. */
  readonly wholeBatch?: WholeBatchKind;
  /**
   * Bytes in which the shards of a batch leave sums for each other in the midst of a step; 0, or no
   * such function, where none waits for another.
   */
  sharedBytes?(facts: LayerFacts, shardCount: number): number;
  /** Bytes of what its calls make of the weights once a step; 0, or no such function: nothing. */
  preparedBytes?(layer: ResolvedLayer): number;
}
