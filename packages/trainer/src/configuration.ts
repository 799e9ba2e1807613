import { availableParallelism } from 'node:os';
import {
  aboveZero,
  atLeastZero,
  checkNumber,
  ConfigurationError,
  elementCount,
} from '@convbook/core';
import type { Augmentation } from '@convbook/data';
import { defaultShardSize, type LossSpec, type ResolvedModel } from '@convbook/layers';
import type { RunConfiguration } from '@convbook/run';
import { toAugmentation } from './augmentation.ts';
import { toLoss } from './loss.ts';
import { optimizerKinds, toOptimizer, type OptimizerSettings } from './optimizer.ts';
import { plateauOf, toSchedule, type Schedule } from './schedule.ts';

/** What a user may choose; everything has a default. */
export interface TrainingSettings {
  /** `fast` or `best`: other defaults than those below, see recipes.ts; default none. */
  recipe?: string | undefined;
  /** Default 8. */
  epochs?: number | undefined;
  /** Samples a step; default 100. */
  batchSize?: number | undefined;
  /** Most samples a shard; default an eighth of the batch, 8 to 32. */
  shardSize?: number | undefined;
  /** Default 1. */
  seed?: number | undefined;
  /** First N training samples; default all. */
  limit?: number | undefined;
  /** Training samples held out, from the end; default 0. */
  validation?: number | undefined;
  /** Largest learning rate of the schedule; default the optimizer's, 0.004 for adamw. */
  learningRate?: number | undefined;
  /** `one-cycle` (default), `cosine`, … or with settings, `step:every=2,factor=0.5`. */
  schedule?: string | undefined;
  /** `adamw` (default), `sgd`, … or with settings, `adam:beta1=0.8`. */
  optimizer?: string | undefined;
  /** Default 0.05 for adamw, 0 for all others. */
  weightDecay?: number | undefined;
  /** Of momentum and nesterov; default 0.9. */
  momentum?: number | undefined;
  /** `softmax-cross-entropy` (default), `huber`, … or with settings, `huber:delta=2`. */
  loss?: string | undefined;
  /** Adds `l1 · Σ|w|` over weights, not biases; default 0. */
  l1Penalty?: number | undefined;
  /** Adds `l2 / 2 · Σw²` over weights, not biases; default 0. */
  l2Penalty?: number | undefined;
  /** Shortens a gradient whose norm is larger; default none. */
  clipNorm?: number | undefined;
  /** Ends after so many epochs without a lower validation loss; default never. */
  patience?: number | undefined;
  /** Varies the training images: `shift=2,rotation=10,scale=0.1,elastic=1`; default `none`. */
  augment?: string | undefined;
}

/** The configuration with its parts typed. */
export type Configuration = Omit<
  Required<RunConfiguration>,
  'schedule' | 'optimizer' | 'loss' | 'lossSettings' | 'augment'
> & {
  schedule: Schedule;
  optimizer: OptimizerSettings;
  loss: LossSpec;
  augment: Augmentation | null;
};

// Evaluation's own shard size: it must not follow the batch, so that the same parameters give the
// same test loss whatever they were trained with.
const evaluationShardSize = 64;

/**
 * Fills every default; a recipe's are in `settings` already. `trainSamples` are those of the data set.
 *
 * @throws ConfigurationError for the first setting that does not fit.
 */
export function toConfiguration(settings: TrainingSettings, trainSamples: number): Configuration {
  const batchSize = integer('batchSize', settings.batchSize ?? 100, 1);
  const limit = settings.limit ?? null;
  if (limit !== null) integer('limit', limit, 1, trainSamples);
  const available = limit ?? trainSamples;
  const { weightDecay, momentum, clipNorm = null, patience = null } = settings;
  const optimizer = toOptimizer(settings.optimizer ?? 'adamw', { weightDecay, momentum });
  const { learningRate } = optimizerKinds[optimizer.name];
  const configuration: Configuration = {
    recipe: settings.recipe ?? null,
    epochs: integer('epochs', settings.epochs ?? 8, 1),
    batchSize,
    shardSize: integer('shardSize', settings.shardSize ?? defaultShardSize(batchSize), 4),
    evaluationShardSize,
    seed: integer('seed', settings.seed ?? 1, 0),
    limit,
    validation: integer('validation', settings.validation ?? 0, 0, available - 1),
    learningRate: checkNumber('learningRate', settings.learningRate ?? learningRate, aboveZero),
    schedule: toSchedule(settings.schedule ?? 'one-cycle'),
    optimizer,
    loss: toLoss(settings.loss ?? 'softmax-cross-entropy'),
    l1Penalty: checkNumber('l1Penalty', settings.l1Penalty ?? 0, atLeastZero),
    l2Penalty: checkNumber('l2Penalty', settings.l2Penalty ?? 0, atLeastZero),
    clipNorm: clipNorm === null ? null : checkNumber('clipNorm', clipNorm, aboveZero),
    patience: patience === null ? null : integer('patience', patience, 1),
    augment: toAugmentation(settings.augment ?? 'none'),
  };
  checkValidation(configuration);
  return configuration;
}

// Nothing but held-out samples may steer a run: never the test set.
function checkValidation({ validation, patience, schedule }: Configuration): void {
  if (validation > 0) return;
  const what = [
    ...(patience === null ? [] : ['patience']),
    ...(plateauOf(schedule) === null ? [] : ['schedule plateau']),
  ];
  if (what.length === 0) return;
  throw new ConfigurationError(
    `${what.join(' and ')}: expected held-out samples to watch, got validation 0; ` +
      'give --validation N',
  );
}

/** @throws ConfigurationError when samples or classes of the data do not fit the model. */
export function checkFit(
  model: ResolvedModel,
  data: { name: string; sampleShape: readonly number[]; classNames: readonly string[] },
): void {
  // A model of vectors takes images flattened.
  const same =
    model.input.join() === data.sampleShape.join() ||
    (model.input.length === 1 && model.input[0] === elementCount(data.sampleShape));
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

/** @throws ConfigurationError unless it is a second or more, or left out. */
export function checkHangTimeout(seconds: number | undefined): void {
  if (seconds === undefined || (Number.isFinite(seconds) && seconds >= 1)) return;
  throw new ConfigurationError(`hangTimeout: expected at least 1 second, got ${seconds}`);
}

/** @throws ConfigurationError unless it is a step or more, or left out. */
export function checkCheckpointEvery(steps: number | undefined): void {
  if (steps !== undefined) integer('checkpointEvery', steps, 1);
}

function integer(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER) {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new ConfigurationError(`${name}: expected an integer ${range}, got ${String(value)}`);
}
