export { benchmark } from '../benchmark/benchmark.ts';
export type { BenchmarkOptions, BenchmarkResult } from '../benchmark/benchmark.ts';
export { withForeignCores } from '../benchmark/foreign-cores.ts';
export { trainingFlops } from '../benchmark/flops.ts';
export { profileSteps } from '../benchmark/profile-steps.ts';
export type { ProfiledDirection, StepProfile } from '../benchmark/profile-steps.ts';
