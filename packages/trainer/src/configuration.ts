import { availableParallelism } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import { defaultShardSize, type ResolvedModel, type RunConfiguration } from '@convbook/layers';
import { toOptimizer, type OptimizerSettings } from './optimizer.ts';
import { toSchedule, type Schedule } from './schedule.ts';

/** What a user may choose; everything has a default. */
export interface TrainingSettings {
  /** Default 8. */
  epochs?: number | undefined;
  /** Samples a step; default 100. */
  batchSize?: number | undefined;
  /** Most samples a shard; default a quarter of the batch, at most 32. */
  shardSize?: number | undefined;
  /** Default 1. */
  seed?: number | undefined;
  /** First N training samples; default all. */
  limit?: number | undefined;
  /** Training samples held out, from the end; default 0. */
  validation?: number | undefined;
  /** Largest learning rate of the schedule; default 0.004. */
  learningRate?: number | undefined;
  /** `one-cycle` (default), `cosine` or `constant`. */
  schedule?: string | undefined;
  /** `adamw` (default) or `adam`. */
  optimizer?: string | undefined;
  /** Default 0.05 for adamw, 0 for adam. */
  weightDecay?: number | undefined;
}

/** The configuration with its parts typed. */
export type Configuration = Omit<RunConfiguration, 'schedule' | 'optimizer'> & {
  schedule: Schedule;
  optimizer: OptimizerSettings;
};

// Evaluation's own shard size: it must not follow the batch, so that the same parameters give the
// same test loss whatever they were trained with.
const evaluationShardSize = 64;

/**
 * Fills every default. `trainSamples` are those of the data set.
 *
 * @throws ConfigurationError for the first setting that does not fit.
 */
export function toConfiguration(settings: TrainingSettings, trainSamples: number): Configuration {
  const batchSize = integer('batchSize', settings.batchSize ?? 100, 1);
  const limit = settings.limit ?? null;
  if (limit !== null) integer('limit', limit, 1, trainSamples);
  const available = limit ?? trainSamples;
  return {
    epochs: integer('epochs', settings.epochs ?? 8, 1),
    batchSize,
    shardSize: integer('shardSize', settings.shardSize ?? defaultShardSize(batchSize), 4),
    evaluationShardSize,
    seed: integer('seed', settings.seed ?? 1, 0),
    limit,
    validation: integer('validation', settings.validation ?? 0, 0, available - 1),
    learningRate: positive('learningRate', settings.learningRate ?? 0.004),
    schedule: toSchedule(settings.schedule ?? 'one-cycle'),
    optimizer: toOptimizer(settings.optimizer ?? 'adamw', weightDecay(settings.weightDecay)),
    loss: 'softmax-cross-entropy',
  };
}

/** @throws ConfigurationError when samples or classes of the data do not fit the model. */
export function checkFit(
  model: ResolvedModel,
  data: { name: string; sampleShape: readonly number[]; classNames: readonly string[] },
): void {
  const same = model.input.join() === data.sampleShape.join();
  if (!same || model.output.length !== 1 || model.output[0] !== data.classNames.length) {
    throw new ConfigurationError(
      `model ${model.name}: takes [${model.input.join(', ')}] and gives ` +
        `[${model.output.join(', ')}], got data ${data.name} with samples ` +
        `[${data.sampleShape.join(', ')}] and ${data.classNames.length} classes; ` +
        'choose another --model or --data',
    );
  }
}

/** Worker threads: default the cores there are; 0 trains on the calling thread. */
export function toWorkers(workers: number | undefined): number {
  return integer('workers', workers ?? availableParallelism(), 0, 256);
}

function integer(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER) {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new ConfigurationError(`${name}: expected an integer ${range}, got ${String(value)}`);
}

function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new ConfigurationError(`${name}: expected a number above 0, got ${String(value)}`);
}

function weightDecay(value: number | undefined): number | undefined {
  if (value === undefined || (Number.isFinite(value) && value >= 0)) return value;
  throw new ConfigurationError(`weightDecay: expected a number of at least 0, got ${value}`);
}
