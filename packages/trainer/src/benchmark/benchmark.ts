// Times training steps, nothing else: no files, no evaluation, no events.
import { createEngine } from '../engine/create-engine.ts';
import { readPhaseTimes } from '../engine/observe/worker-times.ts';
import { trainingFlops } from './flops.ts';
import { measurePeak } from './peak.ts';
import { prepareBenchmark, type MeasuredModel } from './prepare.ts';
import { mean, median, runSlices, sum } from './run-slices.ts';

/** Which model is timed, and for how long. */
export interface BenchmarkOptions extends MeasuredModel {
  /** How long to measure, after as long a warm-up; default 2. */
  readonly seconds?: number | undefined;
}

/** How long steps took. */
export interface BenchmarkResult {
  readonly model: string;
  readonly workers: number;
  readonly batchSize: number;
  /** Median over slices of the measured time. */
  readonly millisecondsPerStep: number;
  readonly imagesPerSecond: number;
  /** 10⁹ floating-point operations of the plain algorithm a second; a multiply-add is two. */
  readonly gigaflops: number;
  /** Reached by the GEMM micro-kernel in as many threads, just after; null where others kept the machine busy. */
  readonly peakGigaflops: number | null;
  /** The part of the workers' time in which they wait for each other. */
  readonly waitingShare: number;
  /** From the start of the process until it can train, and until its first steps are done. */
  readonly readySeconds: number;
  readonly firstStepSeconds: number;
  readonly peakMemoryBytes: number;
  /** The Node that trained, as in `process.version`. */
  readonly node: string;
  /** Null where the kernels are wide. */
  readonly whyNarrow: string | null;
}

/** Trains on the data with Adam and reports the median time of a step. */
export async function benchmark(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { workers, batchSize, seconds = 2 } = options;
  const state = await prepareBenchmark(options);
  const readySeconds = performance.now() / 1000;
  const engine = createEngine(state, workers);
  await engine.train(0, 1);
  const firstStepSeconds = performance.now() / 1000;
  await runSlices(state, engine, seconds);
  state.workerTimes.fill(0);
  const { times, steps } = await runSlices(state, engine, seconds);
  await engine.close();
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  const threads = Math.max(1, workers);
  const phases = Array.from({ length: workers }, (_, worker) =>
    readPhaseTimes(state.workerTimes, worker),
  ).flat();
  const workerTime = threads * mean(times) * steps;
  const millisecondsPerStep = median(times);
  const { whyNarrow } = state;
  return {
    model: state.plan.model.name,
    workers,
    batchSize,
    millisecondsPerStep,
    imagesPerSecond: (batchSize / millisecondsPerStep) * 1000,
    gigaflops: (trainingFlops(options.model) * batchSize) / millisecondsPerStep / 1e6,
    peakGigaflops: await measurePeak({ threads, seconds: 0.2, isWide: whyNarrow === null }),
    waitingShare: sum(phases.map(({ waiting }) => waiting)) / workerTime,
    readySeconds,
    firstStepSeconds,
    peakMemoryBytes,
    node: process.version,
    whyNarrow,
  };
}
