import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchmarkResult, StepProfile } from '@convbook/trainer';
import { typedIn } from '../command.ts';

/** What one process measures. */
export interface Measurement {
  readonly kind: 'steps' | 'profile';
  readonly model: string;
  readonly data?: string | undefined;
  readonly workers: number;
  readonly batchSize: number;
  readonly shardSize?: number | undefined;
  readonly seconds: number;
}

type Settings = Omit<Measurement, 'kind'>;

export function measureSteps(settings: Settings): Promise<BenchmarkResult> {
  return measure({ kind: 'steps', ...settings });
}

export function measureProfile(settings: Settings): Promise<StepProfile> {
  return measure({ kind: 'profile', ...settings });
}

async function measure<Result>(measurement: Measurement): Promise<Result> {
  const script = join(import.meta.dirname, 'measure-child.ts');
  const words = ['--import', import.meta.resolve('tsx'), script, JSON.stringify(measurement)];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: typedIn });
  return JSON.parse(stdout) as Result;
}
