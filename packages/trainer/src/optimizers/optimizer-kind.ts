import type { Address, Kernels } from '@convbook/core/kernels';

/** Addresses and size of the part of the parameters an update works on. */
export interface UpdateRange {
  readonly parameters: Address;
  readonly gradients: Address;
  /** One address for each of the optimizer's state arrays. */
  readonly states: readonly Address[];
  readonly vectors: number;
}

/** How an optimizer finds a rate for each weight: its direction is scaled by a ratio of norms. */
export interface TrustRatio<Settings extends { readonly name: string }> {
  /** Puts the direction of the update in the place of the gradients. */
  direct(kernels: Kernels, settings: Settings, scalars: Float64Array, range: UpdateRange): void;
  /** The factor on the learning rate, from the euclidean norms of a whole weight and of its direction. */
  ratio(settings: Settings, weightNorm: number, directionNorm: number): number;
}

/** The arithmetic of an optimizer. */
export interface OptimizerKind<Settings extends { readonly name: string }> {
  /** Values it keeps for each parameter. */
  readonly stateCount: number;
  /** Its numbers before the first step; they are kept in checkpoints. */
  readonly initialScalars: readonly number[];
  /** Once a step, before any update. */
  advance(settings: Settings, scalars: Float64Array): void;
  /** Where it has one, the update follows its direction at the learning rate times its ratio. */
  readonly trust?: TrustRatio<Settings>;
  update(
    kernels: Kernels,
    settings: Settings,
    scalars: Float64Array,
    learningRate: number,
    range: UpdateRange,
  ): void;
}
