// How the outputs of a network change with its input.
import { elementCount } from '@convbook/core';
import { resolveModel, type LayerSpec } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { samplesTogether } from '@convbook/layers/predict';
import type { Network } from '../network.ts';

/**
 * The network as it answers, without the parts that belong to training, for gradients of its answers:
 * no dropout, and batch normalization with its running statistics.
 */
export function forAnswers(network: Network): Network {
  const { model } = network;
  const layers = model.layers
    .map(({ spec }) => forAnswersOnly(spec))
    .filter(({ kind }) => kind !== 'dropout');
  const spec = { name: model.name, input: model.input, layers };
  return { ...network, model: resolveModel(spec) };
}

// A block may have no other layer than a dropout: with rate 0 it passes everything on.
function forAnswersOnly(spec: LayerSpec): LayerSpec {
  if (spec.kind === 'batchNorm') return { ...spec, frozen: true };
  if (spec.kind !== 'residual') return spec;
  return {
    ...spec,
    layers: spec.layers.map((inside) => {
      if (inside.kind === 'batchNorm') return { ...inside, frozen: true };
      return inside.kind === 'dropout' ? { ...inside, rate: 0 } : inside;
    }),
  };
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
