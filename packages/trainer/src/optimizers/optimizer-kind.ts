import type { Address, Expected, Kernels } from '@convbook/core';

/** Addresses and size of the part of the parameters an update works on. */
export interface UpdateRange {
  readonly parameters: Address;
  readonly gradients: Address;
  /** One address for each of the optimizer's state arrays. */
  readonly states: readonly Address[];
  readonly vectors: number;
}

/** What the trainer needs of an optimizer. */
export interface OptimizerKind<Settings extends { readonly name: string }> {
  readonly defaults: Settings;
  /** What each setting may be. */
  readonly expected: Readonly<Record<string, Expected>>;
  /**
   * Largest rate of the schedule where none is given. Measured: simple-convnet, 20,000 MNIST images,
   * 2 epochs of one-cycle; three times smaller was worse each time.
   */
  readonly learningRate: number;
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
