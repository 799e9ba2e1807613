// An optimizer alone: the update of a training step, for gradients that the caller computes. To an
// optimizer with trust ratios all parameters are one weight.
import { createKernels, createMemory, toAddress } from '@convbook/core/kernels';
import type { Optimizer } from '@convbook/run/settings';
import { optimizerKinds } from '../optimizers/registry.ts';
import { updateWeight } from '../optimizers/update-weight.ts';

/** Where to begin, and what goes downhill. */
export interface DescentOptions {
  /** The kernels, built for plain memory. */
  readonly module: WebAssembly.Module;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly start: ArrayLike<number>;
}

/** Some parameters, and what their optimizer keeps of them. */
export interface Descent {
  /** float32; every step changes them. */
  readonly parameters: Float32Array;
  /** What the optimizer keeps for each parameter, such as a velocity; every step changes them. */
  readonly states: readonly Float32Array[];
  /** Updates the parameters. */
  step(gradient: ArrayLike<number>): void;
}

// Kernels take whole vectors of four.
const vectorLength = 4;
// The lowest bytes stay free, as in a training's memory: no array is at address 0.
const firstByte = 64;

/** Begins a descent by an optimizer's own kernel. */
export function createDescent({ module, optimizer, learningRate, start }: DescentOptions): Descent {
  const { stateCount, initialScalars } = optimizerKinds[optimizer.name];
  const vectors = Math.ceil(start.length / vectorLength);
  const sizeBytes = vectors * vectorLength * 4;
  const memory = createMemory('plain', firstByte + sizeBytes * (3 + stateCount));
  const kernels = createKernels(module, memory);
  const addressOf = (place: number) => toAddress(firstByte + sizeBytes * place);
  const floatsAt = (place: number) =>
    new Float32Array(memory.buffer, addressOf(place), start.length);
  const places = Array.from({ length: stateCount }, (_, k) => 2 + k);
  const range = {
    parameters: addressOf(0),
    gradients: addressOf(1),
    states: places.map(addressOf),
    vectors,
  };
  const scratch = addressOf(2 + stateCount);
  const scalars = Float64Array.from(initialScalars);
  const [parameters, gradients] = [floatsAt(0), floatsAt(1)];
  parameters.set(start);
  return {
    parameters,
    states: places.map(floatsAt),
    step(gradient) {
      gradients.set(gradient);
      updateWeight(kernels, { optimizer, scalars, learningRate, range, scratch, memory });
    },
  };
}
