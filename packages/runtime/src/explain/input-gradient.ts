// How the outputs of a network change with its input.
import { elementCount } from '@convbook/core';
import { resolveModel } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { samplesTogether, type Network } from '../network.ts';

/**
 * The network as it answers, without the parts that belong to training, for gradients of its answers:
 * no dropout, and batch normalization with its running statistics.
 */
export function forAnswers(network: Network): Network {
  const { model } = network;
  const layers = model.layers
    .map(({ spec }) => (spec.kind === 'batchNorm' ? { ...spec, frozen: true } : spec))
    .filter(({ kind }) => kind !== 'dropout');
  const spec = { name: model.name, input: model.input, layers };
  return { ...network, model: resolveModel(spec) };
}

/**
 * Gradient of output `classes[n]` of sample n with respect to the input, `[batch, …input]`.
 *
 * @param network As `forAnswers` returns it.
 * @param x `[batch, …input]`.
 */
export function inputGradient(
  network: Network,
  x: Float32Array,
  classes: readonly number[],
): Float32Array {
  const outputs = elementCount(network.model.output);
  const dY = new Float32Array(classes.length * outputs);
  classes.forEach((k, n) => (dY[n * outputs + k] = 1));
  const batchSize = classes.length;
  return runModel({ ...network, x, batchSize, shardSize: samplesTogether, dY }).dX;
}
