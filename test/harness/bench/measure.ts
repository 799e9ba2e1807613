import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  withForeignCores,
  type BenchmarkResult,
  type StepProfile,
} from '@convbook/trainer/benchmark';
import { commandWords } from '../command-words.ts';
import type { PredictionTime } from './time-predictions.ts';
import { typedIn } from 'convbook/command';

/** The task of one process. */
export type Measurement = TrainingMeasurement | PredictionMeasurement;

/** Steps are timed, or profiled. */
export interface TrainingMeasurement {
  readonly kind: 'steps' | 'profile';
  readonly model: string;
  readonly data?: string | undefined;
  readonly workers: number;
  readonly batchSize: number;
  readonly shardSize?: number | undefined;
  readonly seconds: number;
}

/** Predictions of `images` at once are timed. */
export interface PredictionMeasurement {
  readonly kind: 'predict';
  readonly model: string;
  readonly images: number;
  readonly seconds: number;
}

/** The answer of a process: its result, and the CPU time it took. */
export interface Measured<Result> {
  readonly result: Result;
  readonly ownSeconds: number;
}

type Settings = Omit<TrainingMeasurement, 'kind'>;

export async function measureSteps(settings: Settings) {
  const { value, foreignCores } = await withForeignCores(async () => {
    const { result, ownSeconds } = await measure<BenchmarkResult>({ kind: 'steps', ...settings });
    return { value: result, ownSeconds };
  });
  return { ...value, foreignCores };
}

export async function measureProfile(settings: Settings): Promise<StepProfile> {
  return (await measure<StepProfile>({ kind: 'profile', ...settings })).result;
}

export async function measurePredictions(
  settings: Omit<PredictionMeasurement, 'kind'>,
): Promise<PredictionTime> {
  return (await measure<PredictionTime>({ kind: 'predict', ...settings })).result;
}

async function measure<Result>(measurement: Measurement): Promise<Measured<Result>> {
  const words = commandWords('measure', JSON.stringify(measurement));
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: typedIn });
  return JSON.parse(stdout) as Measured<Result>;
}
