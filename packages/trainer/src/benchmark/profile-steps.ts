import { loadTrainingKernels } from '@convbook/core/node';
import { createEngine } from '../engine/create-engine.ts';
import { arraysIn } from '../engine/memory-kind.ts';
import { createProfile, type Profile } from '../engine/observe/profile.ts';
import { readPhaseTimes, type PhaseTime } from '../engine/observe/worker-times.ts';
import { flopsByDirection } from './flops.ts';
import { measurePeak } from './peak.ts';
import { prepareBenchmark, type MeasuredModel } from './prepare.ts';
import { mean, median, runSlices, sum } from './run-slices.ts';

/** All times are milliseconds a step. */
export interface StepProfile {
  readonly model: string;
  readonly workers: number;
  readonly batchSize: number;
  readonly shards: number;
  /** By the clock on the wall: the median, and the mean that the workers' times are parts of. */
  readonly millisecondsPerStep: number;
  readonly meanMilliseconds: number;
  /** Reached by the GEMM micro-kernel in as many threads at once, just before; null where others kept the machine busy. */
  readonly peakGigaflops: number | null;
  /** The Node that trained, as in `process.version`. */
  readonly node: string;
  /** Null where the kernels are wide. */
  readonly whyNarrow: string | null;
  /** In the order of a step. */
  readonly directions: readonly ProfiledDirection[];
  /** Each worker's times, phase by phase. */
  readonly phases: readonly (readonly PhaseTime[])[];
}

/** One layer in one direction. Times are added up over workers. */
export interface ProfiledDirection {
  readonly layer: string;
  readonly direction: string;
  readonly milliseconds: number;
  /** Floating-point operations of the plain algorithm a step, 0 where none are counted. */
  readonly flops: number;
  readonly kernels: readonly { readonly kernel: string; readonly milliseconds: number }[];
}

/** Trains on the data with Adam and tells where the time goes, as the workers measure it. */
export async function profileSteps(measured: MeasuredModel, seconds: number): Promise<StepProfile> {
  const { workers, batchSize } = measured;
  const { whyNarrow } = await loadTrainingKernels();
  const isWide = whyNarrow === null;
  const peakGigaflops = await measurePeak({ threads: workers, seconds: 0.3, isWide });
  const prepared = await prepareBenchmark(measured);
  const { plan, workerTimes } = prepared;
  const profile = createProfile(plan.full, workers, arraysIn('shared').doubles, true);
  const state = { ...prepared, profile };
  const engine = createEngine(state, workers);
  await runSlices(state, engine, seconds);
  profile.milliseconds.fill(0);
  workerTimes.fill(0);
  const { times, steps } = await runSlices(state, engine, seconds);
  await engine.close();
  return {
    model: plan.model.name,
    workers,
    batchSize,
    shards: plan.full.cut.length,
    millisecondsPerStep: median(times),
    meanMilliseconds: mean(times),
    peakGigaflops,
    node: process.version,
    whyNarrow,
    directions: toDirections(profile, steps, flopsByDirection(measured.model, batchSize)),
    phases: Array.from({ length: workers }, (_, worker) =>
      readPhaseTimes(workerTimes, worker).map((time) => perStep(time, steps)),
    ),
  };
}

function toDirections(
  { parts, milliseconds }: Profile,
  steps: number,
  flopsOf: (layer: string, direction: string) => number,
): ProfiledDirection[] {
  const timed = parts.map((part, i) => ({
    ...part,
    milliseconds: sum(milliseconds.filter((_, at) => at % parts.length === i)) / steps,
  }));
  const names = new Set(timed.map(({ layer, direction }) => JSON.stringify([layer, direction])));
  return [...names].map((name) => {
    const [layer, direction] = JSON.parse(name) as [string, string];
    const kernels = timed
      .filter((part) => part.layer === layer && part.direction === direction)
      .map(({ kernel, milliseconds }) => ({ kernel, milliseconds }));
    const total = sum(kernels.map((one) => one.milliseconds));
    return { layer, direction, milliseconds: total, flops: flopsOf(layer, direction), kernels };
  });
}

function perStep({ phase, running, ending, waiting }: PhaseTime, steps: number): PhaseTime {
  return { phase, running: running / steps, ending: ending / steps, waiting: waiting / steps };
}
