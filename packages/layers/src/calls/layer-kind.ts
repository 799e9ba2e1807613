// What every layer says about itself. A new layer is a file that exports a LayerKind, a line in
// registry.ts and a row in the registry test.
import type { Draws, FloatArray, Shape, Tensor } from '@convbook/core';
import type { LayerFacts, ResolvedLayer } from './resolved.ts';
import type { PlanGroup } from './contexts.ts';
import type { WholeBatchKind } from './whole-batch.ts';

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
