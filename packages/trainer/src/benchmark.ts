// Times training steps, nothing else: no files, no evaluation, no events.
import type { Dataset } from '@convbook/data';
import { resolveModel, summarize, type ModelSpec } from '@convbook/layers';
import { checkFit, toConfiguration } from './configuration.ts';
import { createEngine } from './engine/create-engine.ts';
import { shuffle } from '@convbook/core';
import { optimizerKinds } from './optimizer.ts';
import { initializeState } from './run/parameters.ts';
import { prepareState } from './session.ts';

export interface BenchmarkOptions {
  readonly model: ModelSpec;
  readonly data: Dataset;
  readonly workers: number;
  readonly batchSize: number;
  readonly shardSize?: number | undefined;
  /** How long to measure, after as long a warm-up; default 2. */
  readonly seconds?: number | undefined;
}

export interface BenchmarkResult {
  readonly model: string;
  readonly workers: number;
  readonly batchSize: number;
  /** Median over slices of the measured time. */
  readonly millisecondsPerStep: number;
  readonly imagesPerSecond: number;
  /** 10⁹ floating-point operations a second; a multiply-add is two. */
  readonly gigaflops: number;
  readonly peakMemoryBytes: number;
}

/** Steps a slice has: long enough that starting a job is not seen. */
const sliceSteps = 20;

/** Trains on the data with Adam and reports the median time of a step. */
export async function benchmark(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { data, workers, batchSize, shardSize, seconds = 2 } = options;
  const model = resolveModel(options.model);
  checkFit(model, data);
  const settings = { batchSize, shardSize, optimizer: 'adam', schedule: 'constant' };
  const configuration = toConfiguration({ ...settings, learningRate: 0.001 }, data.train.count);
  const state = await prepareState(model, data, configuration, workers);
  initializeState(state, optimizerKinds.adam.initialScalars);
  state.order.set(shuffle(1, 1, state.plan.trainSamples));
  const engine = createEngine(state, workers);
  // The last batch may be short: it is left out.
  const slices = Math.floor((state.plan.batchesPerEpoch - 1) / sliceSteps);
  const times: number[] = [];
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt > 2000 * seconds;
  for (let slice = 0; times.length === 0 || !isOver(); slice++) {
    const from = (slice % slices) * sliceSteps;
    const sliceAt = performance.now();
    await engine.train(from, from + sliceSteps);
    const isWarm = sliceAt - startedAt > 1000 * seconds;
    if (isWarm) times.push((performance.now() - sliceAt) / sliceSteps);
  }
  await engine.close();
  const millisecondsPerStep = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const flops = trainingFlops(options.model) * batchSize;
  return {
    ...{ model: model.name, workers, batchSize, millisecondsPerStep },
    imagesPerSecond: (batchSize / millisecondsPerStep) * 1000,
    gigaflops: flops / millisecondsPerStep / 1e6,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/**
 * Floating-point operations of one training step a sample: two a multiply-add, forward once and
 * backward twice, but the first layer needs no input gradient. Biases, activations and the optimizer
 * are not counted.
 */
export function trainingFlops(model: ModelSpec): number {
  const costs = summarize(model)
    .layers.map((layer) => layer.multiplyAdds)
    .filter((cost) => cost > 0);
  return costs.reduce((sum, cost, i) => sum + (i === 0 ? 4 : 6) * cost, 0);
}
