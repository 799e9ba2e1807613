// Every layer describes itself by a LayerKind. A new layer is a file that exports one, its lines in
// the three registries and a row in the registry test.
import type { Draws } from '@convbook/core/reference';
import type { FloatArray, Shape, Tensor } from '@convbook/core';
import type { Initializer } from '../settings/initializer.ts';
import type { Pair } from '../settings/pair.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from './contexts.ts';
import type { Call } from './call.ts';
import type { AnySpec, LayerFacts, ResolvedLayer } from './resolved.ts';
import type { WholeBatchGradient } from './whole-batch.ts';

/** All that the rest of the program knows about a kind of layer. */
export interface LayerKind<Spec extends AnySpec, Settings = unknown> {
  readonly kind: Spec['kind'];
  /** First part of the layer's name: `conv` of `conv1`. */
  readonly prefix: string;
  /** Whether the summary puts the layer into the row of the one before. */
  readonly isActivation: boolean;
  readonly settingTypes: SettingTypes<Spec>;
  /**
   * `inner` serves layers that are made of others; a model gives it.
   *
   * @throws ConfigurationError when the settings or the input do not fit, naming `where`.
   */
  resolve(
    spec: Spec,
    inputShape: Shape,
    where: string,
    inner?: InnerResolver,
  ): LayerFacts<Settings>;
  /** Null: the layer moves no data. */
  readonly plan: LayerPlan<Settings> | null;
}

/** Resolves the layers inside another; their names begin with its own. */
export interface InnerResolver {
  layers(specs: readonly AnySpec[], inputShape: Shape): ResolvedLayer[];
  layer(spec: AnySpec, shortName: string, inputShape: Shape): ResolvedLayer;
}

/** The layer's kernel calls for one shard in evaluation. */
export interface LayerPlan<Settings = unknown> {
  /** Kinds of the layers after it that its pass computes, too; longer rows first; default none. */
  readonly fuses?: readonly (readonly string[])[];
  evaluate(context: EvaluationContext<Settings>): readonly Call[];
}

/** The part of a layer that only training needs: apart from its kind, so that pages that only predict are without it. */
export interface LayerTraining<Settings = unknown> {
  train(context: TrainingContext<Settings>): TrainingCalls;
  /** How the gradient of its weights is made from the whole batch; null or none: by each shard. */
  wholeBatch?(
    layer: ResolvedLayer<Settings>,
    followedBy: readonly ResolvedLayer[],
  ): WholeBatchGradient | null;
  /** Bytes in which shards leave sums for each other in the middle of a step; default 0. */
  sharedBytes?(layer: ResolvedLayer<Settings>, shardCount: number): number;
  /** Bytes that its `prepare` calls fill from the weights once a step; default 0. */
  preparedBytes?(layer: ResolvedLayer<Settings>, followedBy: readonly ResolvedLayer[]): number;
}

/** The parameters and buffers of one layer by their short name, each in its own shape. */
export type LayerParameters = Readonly<Record<string, Tensor>>;

/** Plain loops of `core` over NCHW, in any precision: the specification of the layer's kernels. */
export interface LayerReference<Settings = unknown> {
  /** `draws` are given in training; without them the layer computes as in evaluation. */
  forward(
    x: Tensor,
    parameters: LayerParameters,
    layer: ResolvedLayer<Settings>,
    draws?: Draws,
  ): Tensor;
  /** Gradients of `Σ y·dY`: of x, and of each trained parameter by its short name. */
  backward(
    x: Tensor,
    y: Tensor,
    dY: Tensor,
    parameters: LayerParameters,
    layer: ResolvedLayer<Settings>,
    draws?: Draws,
  ): { dX: FloatArray; parameters: Readonly<Record<string, FloatArray>> };
  /** Buffers after a training step on x, by short name; only where a layer has any. */
  updateBuffers?(
    x: Tensor,
    parameters: LayerParameters,
    layer: ResolvedLayer<Settings>,
    draws?: Draws,
  ): Readonly<Record<string, FloatArray>>;
}

/**
 * The type of a setting, for models that no type checker saw. `resolve` unpacks a required pair and a
 * list of layers before it checks them; it refuses any other setting that is missing.
 */
export type SettingType =
  'number' | 'pair' | 'required pair' | 'boolean' | 'text' | 'initializer' | 'layers';

/** Every setting of a layer with its type. */
export type SettingTypes<Spec> = {
  readonly [Name in Exclude<keyof Spec, 'kind'>]-?: SettingTypeOf<Spec, Name>;
};

type SettingTypeOf<Spec, Name extends keyof Spec> = [NonNullable<Spec[Name]>] extends [boolean]
  ? 'boolean'
  : [NonNullable<Spec[Name]>] extends [number]
    ? 'number'
    : [NonNullable<Spec[Name]>] extends [string]
      ? 'text'
      : [NonNullable<Spec[Name]>] extends [Initializer]
        ? 'initializer'
        : [NonNullable<Spec[Name]>] extends [readonly AnySpec[]]
          ? 'layers'
          : [NonNullable<Spec[Name]>] extends [Pair]
            ? PairType<Spec, Name>
            : never;

type PairType<Spec, Name extends keyof Spec> =
  Partial<Pick<Spec, Name>> extends Pick<Spec, Name> ? 'pair' : 'required pair';
