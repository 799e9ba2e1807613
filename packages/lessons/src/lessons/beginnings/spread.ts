// How values spread on their way up five layers, and gradients on their way down.
import { elementCount, normal } from '@convbook/core';
import {
  batchNorm,
  conv2d,
  dense,
  initializeParameters,
  resolveModel,
  type Initializer,
  type LayerSpec,
  type ResolvedModel,
} from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';

/** Layers of the networks here. */
export const depth = 5;

/** Units of a dense layer, as in "Deep Learning from Scratch", chapter 6. */
const units = 100;

/** The layers and their first weights. */
export interface Setting {
  readonly initializer: Initializer;
  readonly activation: LayerSpec;
  readonly isNormalized: boolean;
  readonly seed: number;
}

/** A batch, `[batch, …shape]`. */
export interface Batch {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** One layer: what it gives out, and what gradient reaches its output. */
export interface Spread {
  /** `[batch, …shape]`. */
  readonly output: Batch;
  /** The same size. */
  readonly gradient: Float32Array;
}

/** Normally distributed inputs of a dense network, as in the book. */
export function normalInput(samples: number, seed: number): Batch {
  return { shape: [units], values: normal(seed, 'input', new Float32Array(samples * units)) };
}

/**
 * The outputs of five layers, and the gradients that reach them from a normally distributed one at the top.
 *
 * Inputs that are images go through convolutions of eight 3×3 filters, others through dense layers.
 */
export function spreads(module: WebAssembly.Module, input: Batch, setting: Setting): Spread[] {
  const blocks = blocksOf(input.shape, setting);
  const batchSize = input.values.length / elementCount(input.shape);
  const inputs: Float32Array[] = [input.values];
  for (const block of blocks) {
    const x = inputs[inputs.length - 1];
    // A gradient makes it the pass of training: batch normalization measures this batch.
    const dY = new Float32Array(batchSize * elementCount(block.model.output));
    inputs.push(runModel({ module, ...block, x, batchSize, dY }).y);
  }
  const top = inputs[depth].length;
  const gradients: Float32Array[] = [normal(setting.seed, 'gradient', new Float32Array(top))];
  for (let k = depth - 1; k > 0; k--) {
    const run = { module, ...blocks[k], x: inputs[k], batchSize, dY: gradients[0] };
    gradients.unshift(runModel(run).dX);
  }
  return blocks.map(({ model }, k) => ({
    output: { shape: model.output, values: inputs[k + 1] },
    gradient: gradients[k],
  }));
}

interface Block {
  readonly model: ResolvedModel;
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

/** Each layer as a model of its own, with the weights that it has in the whole network. */
function blocksOf(shape: readonly number[], setting: Setting): Block[] {
  const { initializer, activation, isNormalized, seed } = setting;
  const weights =
    shape.length === 1
      ? dense({ units, initializer })
      : conv2d({ filters: 8, kernelSize: 3, padding: 1, initializer });
  const layers = isNormalized ? [weights, batchNorm(), activation] : [weights, activation];
  const whole = resolveModel({
    input: [...shape],
    layers: Array.from({ length: depth }, () => layers).flat(),
  });
  const values = [...initializeParameters(whole, seed).values()];
  let input = [...shape];
  return Array.from({ length: depth }, () => {
    const model = resolveModel({ input, layers });
    input = [...model.output];
    const parameters = new Map(
      model.parameters.map(({ name }) => [name, values.shift() ?? new Float32Array()]),
    );
    return { model, parameters };
  });
}

/** Standard deviation about the mean. */
export function deviationOf(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
}

/**
 * Standard deviation of a unit over the samples, the root of the mean variance of all units: what tells inputs apart.
 * Each place of a map is a unit.
 */
export function deviationOverSamples({ shape, values }: Batch): number {
  const count = elementCount(shape);
  const sums = new Float64Array(count);
  values.forEach((value, k) => (sums[k % count] += value));
  const samples = values.length / count;
  const squares = values.reduce(
    (sum, value, k) => sum + (value - sums[k % count] / samples) ** 2,
    0,
  );
  return Math.sqrt(squares / values.length);
}

/** Share of values that a test accepts. */
export function shareOf(values: Float32Array, isCounted: (value: number) => boolean): number {
  return values.reduce((count, value) => count + Number(isCounted(value)), 0) / values.length;
}

/** Units or maps that are 0 for every sample. */
export function deadUnits({ shape, values }: Batch): number {
  const area = elementCount(shape.slice(1));
  const alive = new Set<number>();
  values.forEach((value, k) => {
    if (value !== 0) alive.add(Math.floor(k / area) % shape[0]);
  });
  return shape[0] - alive.size;
}
