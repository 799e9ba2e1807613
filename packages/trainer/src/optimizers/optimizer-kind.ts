import type { Address, Kernels } from '@convbook/core/kernels';

/** Addresses and size of the part of the parameters an update works on. */
export interface UpdateRange {
  readonly parameters: Address;
  readonly gradients: Address;
  /** One address for each of the optimizer's state arrays. */
  readonly states: readonly Address[];
  readonly vectors: number;
}

/** The arithmetic of an optimizer. */
export interface OptimizerKind<Settings extends { readonly name: string }> {
  /** Values it keeps for each parameter. */
  readonly stateCount: number;
  /** Its numbers before the first step; they are kept in checkpoints. */
  readonly initialScalars: readonly number[];
  /** Once a step, before any update. */
  advance(settings: Settings, scalars: Float64Array): void;
  update(
    kernels: Kernels,
    settings: Settings,
    scalars: Float64Array,
    learningRate: number,
    range: UpdateRange,
  ): void;
}
