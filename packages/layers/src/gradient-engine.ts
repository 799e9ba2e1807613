// How outputs change with the input: a model is planned once, as for a training step without gradients of its
// parameters, and its memory, kernels and weights are kept for all calls.
import { createKernels, createMemory } from '@convbook/core/kernels';
import { elementCount } from '@convbook/core';
import { ConstantTables } from './calls/constant-tables.ts';
import { fromLanes, toLanes } from './calls/lanes.ts';
import type { Place } from './calls/place.ts';
import type { ResolvedModel } from './calls/resolved.ts';
import { planBatch } from './plan/batch-plan.ts';
import { freezeAll } from './model/freeze.ts';
import { addressOf, linkCalls, runCalls } from './plan/link.ts';
import { basesOf, mapMemory } from './plan/memory-map.ts';
import { layOutParameters } from './plan/parameter-layout.ts';
import { joinStages } from './plan/stages.ts';

/** The parts that a gradient engine computes with. */
export interface GradientEngineOptions {
  /** The plain build of the kernels. */
  readonly module: WebAssembly.Module;
  /** Without dropout; batch normalization takes its running statistics. */
  readonly model: ResolvedModel;
  /** Values of every parameter by full name. They are read once: the engine knows of no later change. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** Samples that are computed together. */
  readonly batchSize: number;
}

/** A model that computes gradients of its outputs. */
export interface GradientEngine {
  /**
   * The gradient of `Σ y·dY` with respect to the input, `[batch, …input]`, computed as one asks for more: each
   * `next` is a kernel call.
   *
   * @param x `[batch, …input]`.
   * @param dY `[batch, …output]`.
   */
  steps(x: Float32Array, dY: Float32Array): Generator<undefined, Float32Array<ArrayBuffer>>;
}

/** Plans the gradients of a model with respect to its input. */
export function createGradientEngine(options: GradientEngineOptions): GradientEngine {
  const { module, parameters, batchSize } = options;
  const model = freezeAll(options.model);
  const layout = layOutParameters(model);
  const tables = new ConstantTables();
  const plan = planBatch(model, layout, tables, batchSize, batchSize + 7, {
    needsInputGradient: true,
  });
  const map = mapMemory({
    layout,
    shards: 1,
    stateCount: 0,
    arenas: 1,
    constantBytes: tables.words.byteLength,
    batchBytes: plan.batchBytes,
    arenaBytes: plan.arenaBytes,
  });
  const memory = createMemory('plain', map.sizeBytes);
  const bases = basesOf(map, 0);
  const floatsAt = (place: Place, count: number) =>
    new Float32Array(memory.buffer, addressOf(place, bases), count);
  new Int32Array(memory.buffer, map.bases.constants).set(tables.words);
  for (const { name, offset, count } of layout.stored) {
    floatsAt({ region: 'parameters', offset }, count).set(parameters.get(name) ?? []);
  }
  const [shard] = plan.shards;
  const kernels = createKernels(module, memory);
  runCalls(linkCalls(plan.prepare, kernels, bases));
  const calls = joinStages(shard.forward, [], shard.backward).flatMap((stage) => stage.calls);
  const linked = linkCalls(calls, kernels, bases);
  const sizes = { input: elementCount(model.input), output: elementCount(model.output) };
  return {
    *steps(x, dY) {
      const { count, lanes, input, outputGradient, inputGradient } = shard;
      toLanes(x, count, lanes, floatsAt(input, sizes.input * lanes));
      toLanes(dY, count, lanes, floatsAt(outputGradient, sizes.output * lanes));
      for (const one of linked) {
        runCalls([one]);
        yield;
      }
      if (inputGradient === null) return new Float32Array(count * sizes.input);
      return fromLanes(floatsAt(inputGradient, sizes.input * lanes), count, lanes);
    },
  };
}
