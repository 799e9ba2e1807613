// Predictions: a model is planned once, and its memory, kernels and weights are kept for all calls.
import { elementCount } from '@convbook/core';
import type { ResolvedModel } from '../calls/resolved.ts';
import { runCalls } from '../plan/link.ts';
import { readSample, writeSample } from './copy-map.ts';
import { EngineMemory, type ReadyPlan } from './engine-memory.ts';

/** The parts that an engine computes with. */
export interface EngineOptions {
  /** The plain build of the kernels. */
  readonly module: WebAssembly.Module;
  readonly model: ResolvedModel;
  /** Values of every parameter by full name. They are read once: the engine knows of no later change. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

/** A model that computes outputs, as its evaluation does to the last bit. */
export interface Engine {
  /**
   * The outputs of a batch, `[batch, …output]`; a sample has the same bits in any batch.
   *
   * @param x `[batch, …input]`.
   */
  run(x: Float32Array): Float32Array;
}

/** Samples computed together: dense layers read their weights once for all of them. */
export const samplesTogether = 32;

/** Plans a model for single samples; the plan for many at once is made when they first come. */
export function createEngine({ module, model, parameters }: EngineOptions): Engine {
  const memory = new EngineMemory(module, model, parameters);
  const [inputSize, outputSize] = [elementCount(model.input), elementCount(model.output)];
  const single = memory.plan(1);
  let many: ReadyPlan | null = null;

  function runPlan(plan: ReadyPlan, x: Float32Array, y: Float32Array, first: number): void {
    const { floats } = memory;
    const { samples, input, output, calls } = plan;
    for (let n = 0; n < samples; n++) writeSample(floats, input, n, x, (first + n) * inputSize);
    runCalls(calls);
    for (let n = 0; n < samples; n++) readSample(floats, output, n, y, (first + n) * outputSize);
  }

  return {
    run(x) {
      const batch = x.length / inputSize;
      const y = new Float32Array(batch * outputSize);
      let first = 0;
      for (; batch - first >= samplesTogether; first += samplesTogether) {
        many ??= memory.plan(samplesTogether);
        runPlan(many, x, y, first);
      }
      for (; first < batch; first++) runPlan(single, x, y, first);
      return y;
    },
  };
}
