// Times training steps, nothing else: no files, no evaluation, no events.
import { createEngine } from '../engine/create-engine.ts';
import { trainingFlops } from './flops.ts';
import { prepareBenchmark, type MeasuredModel } from './prepare.ts';
import { median, runSlices } from './run-slices.ts';

export interface BenchmarkOptions extends MeasuredModel {
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

/** Trains on the data with Adam and reports the median time of a step. */
export async function benchmark(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { workers, batchSize, seconds = 2 } = options;
  const state = await prepareBenchmark(options);
  const engine = createEngine(state, workers);
  await runSlices(state, engine, seconds);
  const millisecondsPerStep = median((await runSlices(state, engine, seconds)).times);
  await engine.close();
  const flops = trainingFlops(options.model) * batchSize;
  return {
    ...{ model: state.plan.model.name, workers, batchSize, millisecondsPerStep },
    imagesPerSecond: (batchSize / millisecondsPerStep) * 1000,
    gigaflops: flops / millisecondsPerStep / 1e6,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}
