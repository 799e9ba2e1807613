// How the outputs of a network change with its input.
import { elementCount } from '@convbook/core';
import { resolveModel, type LayerSpec } from '@convbook/layers';
import { createGradientEngine, type GradientEngine } from '@convbook/layers/plan';
import { samplesTogether } from '@convbook/layers/predict';
import type { Network } from '../network.ts';
import { finish, type Steps } from './steps.ts';

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

// The plan, memory and kernels of a network's gradients are kept for as long as the network itself.
const engines = new WeakMap<Network, Map<number, GradientEngine>>();

/**
 * Gradient of output `classes[n]` of sample n with respect to the input, `[batch, …input]`. A change of the
 * parameters' values needs another network object.
 *
 * @param network As `forAnswers` returns it.
 * @param x `[batch, …input]`.
 */
export function inputGradient(
  network: Network,
  x: Float32Array,
  classes: readonly number[],
): Float32Array {
  return finish(inputGradientSteps(network, x, classes));
}

/** The same, a kernel call a step. */
export function* inputGradientSteps(
  network: Network,
  x: Float32Array,
  classes: readonly number[],
): Steps<Float32Array> {
  const size = elementCount(network.model.input);
  const dX = new Float32Array(classes.length * size);
  for (let first = 0; first < classes.length; first += samplesTogether) {
    const own = classes.slice(first, first + samplesTogether);
    const some = x.subarray(first * size, (first + own.length) * size);
    const found = yield* engineOf(network, own.length).steps(some, outputGradient(network, own));
    dX.set(found, first * size);
  }
  return dX;
}

/** 1 for the class of each sample, `[batch, outputs]`. */
function outputGradient({ model }: Network, classes: readonly number[]): Float32Array {
  const outputs = elementCount(model.output);
  const dY = new Float32Array(classes.length * outputs);
  classes.forEach((k, n) => (dY[n * outputs + k] = 1));
  return dY;
}

function engineOf(network: Network, batchSize: number): GradientEngine {
  const own = engines.get(network) ?? new Map<number, GradientEngine>();
  const engine = own.get(batchSize) ?? createGradientEngine({ ...network, batchSize });
  engines.set(network, own.set(batchSize, engine));
  return engine;
}
