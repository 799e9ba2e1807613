import { ConfigurationError, type Kernels } from '@convbook/core';

/** An optimizer's settings as plain data. */
export type OptimizerSettings = AdamOptimizer;

export interface AdamOptimizer {
  readonly name: 'adam' | 'adamw';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** AdamW shrinks the parameters by `rate · weightDecay` a step; Adam adds it to the gradient. */
  readonly weightDecay: number;
}

/** Addresses and size of the part of the parameters an update works on. */
export interface UpdateRange {
  readonly parameters: number;
  readonly gradients: number;
  /** One address for each of the optimizer's state arrays. */
  readonly states: readonly number[];
  readonly vectors: number;
}

/** What the trainer needs of an optimizer. */
export interface OptimizerKind<Settings extends OptimizerSettings> {
  readonly defaults: Settings;
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

// scalars: β1ᵗ and β2ᵗ, running products because Math.pow differs between engines.
function adamKind(name: AdamOptimizer['name'], weightDecay: number): OptimizerKind<AdamOptimizer> {
  return {
    defaults: { name, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay },
    stateCount: 2,
    initialScalars: [1, 1],
    advance({ beta1, beta2 }, scalars) {
      scalars[0] *= beta1;
      scalars[1] *= beta2;
    },
    update(kernels, settings, scalars, learningRate, { parameters, gradients, states, vectors }) {
      const { beta1, beta2, epsilon, weightDecay } = settings;
      const decoupled = settings.name === 'adamw';
      kernels.adam(
        ...[parameters, gradients, states[0], states[1], vectors],
        ...[learningRate / (1 - scalars[0]), 1 / Math.sqrt(1 - scalars[1])],
        ...[beta1, 1 - beta1, beta2, 1 - beta2, epsilon],
        ...(decoupled ? [1 - learningRate * weightDecay, 0] : [1, weightDecay]),
      );
    },
  };
}

/** Every optimizer there is. */
export const optimizerKinds = { adamw: adamKind('adamw', 0.05), adam: adamKind('adam', 0) };

/** @throws ConfigurationError when there is no such optimizer. */
export function toOptimizer(name: string, weightDecay?: number): OptimizerSettings {
  if (!Object.hasOwn(optimizerKinds, name)) {
    throw new ConfigurationError(
      `optimizer: expected one of ${Object.keys(optimizerKinds).join(', ')}, ` +
        `got ${JSON.stringify(name)}`,
    );
  }
  const { defaults } = optimizerKinds[name as OptimizerSettings['name']];
  return weightDecay === undefined ? defaults : { ...defaults, weightDecay };
}
