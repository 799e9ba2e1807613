// Every setting of a training run, once. From these rows come the types of what a user gives and of what
// is resolved, the record in run.json and its check, the options of `pnpm train` with their help, what a
// resume may change, the command that repeats a run, and the table in its notebook.
import { aboveZero, atLeastZero, atMost, belowOne, type Expected } from '@convbook/core/checks';
import { defaultShardSize } from '@convbook/layers/plan';
import { augmentation, augmentationType } from './augmentation.ts';
import { lossType, softmaxCrossEntropy } from './losses.ts';
import type { Optimizer } from './optimizer-settings.ts';
import { adamw, optimizers, optimizerType } from './optimizers.ts';
import { rateScalings, scaledRate, usualBatch, type RateScaling } from './rate-scaling.ts';
import { oneCycle, scheduleType } from './schedules.ts';
import {
  oneOfWords,
  onOrOff,
  orNull,
  realNumber,
  wholeNumber,
  word,
  words,
  type SettingType,
} from './setting-type.ts';

/** The unit of a setting's value. */
export type Unit = 'epochs' | 'samples' | 'steps' | 'seconds';

/** A default or a limit may follow from these: settings further up, and the data. */
export interface Earlier {
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly scaleRate: RateScaling | null;
  readonly baseBatch: number | null;
  readonly limit: number | null;
  /** Training samples of the data set. */
  readonly trainSamples: number;
  /** Channels of its images. */
  readonly channels: number;
  /** Whether the model's weights outweigh its maps. */
  readonly weightsOutweighMaps: boolean;
}

/** Facts besides the settings and the number of samples that defaults follow from; default: one channel, light weights. */
export type Facts = Partial<Pick<Earlier, 'channels' | 'weightsOutweighMaps'>>;

interface Options<Given> {
  /** Whether it decides bytes of the run; a resume may change only those that do not. */
  readonly decidesBytes: boolean;
  readonly default?: Given;
  /** The default, where it follows from something. */
  readonly defaultFrom?: (earlier: Earlier) => Given;
  /** How help says the default, where it is not the value. */
  readonly defaultText?: string;
  /** Largest number. */
  readonly most?: (earlier: Earlier) => number;
  readonly unit?: Unit;
  /** The option's line in `--help`, without names and default; absent: there is no option. */
  readonly help?: string;
  /** The setting of which it is a part, in a resolved configuration and in run.json. */
  readonly partOf?: 'optimizer';
  /** Whether the command that repeats a run has it: by default always. */
  readonly repeated?: 'where changed' | 'never';
  /** Whether older versions wrote run.json without it. */
  readonly isNewer?: true;
  /** Whether run.json has it: by default always. */
  readonly recorded?: 'where changed';
}

/** A row of the table. */
export type Setting<Given, Value, Recorded = Value> = Options<Given> & {
  readonly type: SettingType<Given, Value, Recorded>;
};

function row<Given, Value, Recorded, const Own extends Options<Given>>(
  type: SettingType<Given, Value, Recorded>,
  options: Own,
): Own & { readonly type: SettingType<Given, Value, Recorded> } {
  return { ...options, type };
}

const atLeastOneSecond: Expected = {
  text: 'at least 1 second',
  accepts: (value) => Number.isFinite(value) && value >= 1,
};

/** The rows in the order of help and of the command that repeats a run. */
export const settings = {
  /** `fast` or `best`: other defaults than those below; default none. */
  recipe: row(orNull(word), {
    decidesBytes: true,
    default: null,
    help: 'other defaults',
    repeated: 'never',
    isNewer: true,
  }),
  /** Times through the training samples; default 8. */
  epochs: row(wholeNumber(1), {
    decidesBytes: true,
    default: 8,
    help: 'times through the training samples',
  }),
  /** Samples a step; default 100. */
  batchSize: row(wholeNumber(1), {
    decidesBytes: true,
    default: usualBatch,
    unit: 'samples',
    help: 'samples a step',
  }),
  /** Most samples a shard has; default an eighth of the batch, 8 to 32. */
  shardSize: row(wholeNumber(4), {
    decidesBytes: true,
    defaultFrom: ({ batchSize, weightsOutweighMaps }) =>
      defaultShardSize(batchSize, weightsOutweighMaps),
    defaultText: 'an eighth of the batch, a quarter where weights outweigh maps',
    unit: 'samples',
    help: 'most samples a worker takes at once',
  }),
  // It must not follow the batch, so that the same parameters give the same test loss whatever they were
  // trained with.
  evaluationShardSize: row(wholeNumber(1), {
    decidesBytes: true,
    default: 64,
    unit: 'samples',
    repeated: 'never',
  }),
  /** `adamw()` (default), `sgd()`, … or with settings, `adam({ beta1: 0.8 })`. */
  optimizer: row(optimizerType, { decidesBytes: true, default: adamw(), help: '' }),
  /** Largest learning rate of the schedule; default the optimizer's, 0.004 for adamw. */
  learningRate: row(realNumber(aboveZero), {
    decidesBytes: true,
    defaultFrom: ({ optimizer }) => optimizers[optimizer.name].learningRate,
    defaultText: 'the optimizer’s, 0.004 for adamw',
    help: 'largest rate of the schedule',
  }),
  /** The learning rate grows with the batch, `linear`, or with its root, `sqrt`; default none. */
  scaleRate: row(orNull(oneOfWords(...rateScalings)), {
    decidesBytes: true,
    default: null,
    help: 'linear or sqrt: the learning rate times batch size / base batch, or its root',
    repeated: 'where changed',
    recorded: 'where changed',
    isNewer: true,
  }),
  /** Batch that `learningRate` is for, where `scaleRate` scales it; default the preset's own batch size. */
  baseBatch: row(orNull(wholeNumber(1)), {
    decidesBytes: true,
    default: null,
    defaultFrom: ({ scaleRate }) => (scaleRate === null ? null : usualBatch),
    defaultText: 'the preset’s own batch size, 100',
    unit: 'samples',
    help: 'batch size that the learning rate is for, with --scale-rate',
    repeated: 'where changed',
    recorded: 'where changed',
    isNewer: true,
  }),
  /** What the learning rate was scaled to: the largest of the schedule; null where nothing scales it. */
  scaledRate: row(orNull(realNumber(atLeastZero)), {
    decidesBytes: true,
    default: null,
    defaultFrom: scaledRate,
    repeated: 'never',
    recorded: 'where changed',
    isNewer: true,
  }),
  /** Stands for the setting of `momentum()`, `nesterov()` and `lars()`; default 0.9. */
  momentum: row(realNumber(belowOne), {
    decidesBytes: true,
    defaultText: '0.9',
    help: 'of momentum, nesterov and lars',
    partOf: 'optimizer',
  }),
  /** Stands for the optimizer's setting; default 0.05 for adamw, 0.01 for lamb, 0.0005 for lars, else 0. */
  weightDecay: row(realNumber(atLeastZero), {
    decidesBytes: true,
    defaultText: '0.05 for adamw, 0.01 for lamb, 0.0005 for lars, else 0',
    help: 'pulls the parameters toward 0',
    partOf: 'optimizer',
  }),
  /** `oneCycle()` (default), `cosine()`, … or with settings, `step({ every: 2, factor: 0.5 })`. */
  schedule: row(scheduleType, { decidesBytes: true, default: oneCycle(), help: '' }),
  /** `softmaxCrossEntropy()` (default), `huber()`, … or with settings, `huber({ delta: 2 })`. */
  loss: row(lossType, {
    decidesBytes: true,
    default: softmaxCrossEntropy(),
    help: '',
    repeated: 'where changed',
  }),
  /** `balanced`: in the loss a class weighs samples / (classes · its samples); default none. */
  classWeights: row(orNull(oneOfWords('balanced')), {
    decidesBytes: true,
    default: null,
    help: 'balanced: rare classes weigh as much in the loss as frequent ones',
    repeated: 'where changed',
    recorded: 'where changed',
    isNewer: true,
  }),
  /** Adds `l1 · Σ|w|` over weights, not biases; default 0. */
  l1Penalty: row(realNumber(atLeastZero), {
    decidesBytes: true,
    default: 0,
    help: 'adds x · Σ|w| over weights',
    repeated: 'where changed',
    isNewer: true,
  }),
  /** Adds `l2 / 2 · Σw²` over weights, not biases; default 0. */
  l2Penalty: row(realNumber(atLeastZero), {
    decidesBytes: true,
    default: 0,
    help: 'adds x / 2 · Σw² over weights',
    repeated: 'where changed',
    isNewer: true,
  }),
  /** Shortens a gradient whose norm is larger; default none. */
  clipNorm: row(orNull(realNumber(aboveZero)), {
    decidesBytes: true,
    default: null,
    help: 'shorten gradients whose norm is larger',
    repeated: 'where changed',
    isNewer: true,
  }),
  /** Varies the training images: `{ shift: 2, rotation: 10 }`, `{ flip: 0.5, crop: 4 }`; default none. */
  augment: row(augmentationType, {
    decidesBytes: true,
    default: null,
    defaultText: 'none',
    help: `varies the training images: ${Object.keys(augmentation.expected).join(', ')}, as in shift=2,rotation=10`,
    repeated: 'where changed',
    isNewer: true,
  }),
  /** Subtracts each channel's mean over the training samples and divides by its deviation; default for three channels. */
  standardize: row(onOrOff, {
    decidesBytes: true,
    default: false,
    defaultFrom: ({ channels }) => channels === 3,
    defaultText: 'for colour images; else off, as --no-standardize says',
    help: 'pixel values less the mean of their channel, divided by its deviation',
    repeated: 'where changed',
    recorded: 'where changed',
    isNewer: true,
  }),
  /** Decides initial weights, order, dropout, augmentation and which samples are drawn; default 1. */
  seed: row(wholeNumber(0, Number.MAX_SAFE_INTEGER), {
    decidesBytes: true,
    default: 1,
    help: 'decides weights and order',
  }),
  /** So many of the training samples, each class in its proportion; default all. */
  limit: row(orNull(wholeNumber(1)), {
    decidesBytes: true,
    default: null,
    most: ({ trainSamples }) => trainSamples,
    unit: 'samples',
    help: 'n of the training samples, each class in its proportion',
    repeated: 'where changed',
  }),
  /** Training samples held out, each class in its proportion; default 0. */
  validation: row(wholeNumber(0), {
    decidesBytes: true,
    default: 0,
    most: ({ limit, trainSamples }) => (limit ?? trainSamples) - 1,
    unit: 'samples',
    help: 'hold out n of these, each class in its proportion',
    repeated: 'where changed',
  }),
  /** Ends after so many epochs without a lower validation loss; default never. */
  patience: row(orNull(wholeNumber(1)), {
    decidesBytes: true,
    default: null,
    unit: 'epochs',
    help: 'end after n epochs without a lower validation loss (needs --validation)',
    repeated: 'where changed',
    isNewer: true,
  }),
  /** Layers whose parameters stay as they are: `['conv1', 'residual1.bn2']`; default none. */
  freeze: row(orNull(words), {
    decidesBytes: true,
    default: null,
    help: 'layers that stay as they are, by the names that summary prints: conv1,bn1',
    repeated: 'where changed',
    recorded: 'where changed',
    isNewer: true,
  }),
  /** Worker threads; default the cores there are. 0 trains on the calling thread. */
  workers: row(wholeNumber(0, 256), {
    decidesBytes: false,
    defaultText: 'the cores there are; over ranks, their share of the host’s',
    help: 'threads; the result is the same for any number',
  }),
  /** Checkpoint every so many steps, besides every epoch and every half minute. */
  checkpointEvery: row(wholeNumber(1), {
    decidesBytes: false,
    unit: 'steps',
    help: 'save every n steps too, not only every epoch and half minute',
  }),
  /** Seconds without progress after which the workers are replaced, or a run over ranks ends; default 60. */
  hangTimeout: row(realNumber(atMost(1_000_000, atLeastOneSecond)), {
    decidesBytes: false,
    defaultText: '60',
    unit: 'seconds',
    help: 'seconds without progress after which workers are replaced, and a run over ranks ends',
  }),
  /** `rank0`: the other ranks get its data set, and read none of their own; default `own`. */
  dataFrom: row(oneOfWords('own', 'rank0'), {
    decidesBytes: false,
    default: 'own',
    help: 'own or rank0: every rank reads its copy of the data, or rank 0 sends its own to the others',
  }),
};

type Table = typeof settings;

/** The form of a row that needs no knowledge of its values. */
export type AnySetting = Setting<unknown, unknown, unknown>;

/** Every row by its name. */
export const rows: readonly (readonly [name: string, row: AnySetting])[] =
  Object.entries<AnySetting>(settings);

/** Names of rows that decide bytes, or that do not. */
type NameWhere<Property extends object> = {
  [Name in keyof Table]: Table[Name] extends Property ? Name : never;
}[keyof Table];

type Deciding = NameWhere<{ decidesBytes: true }>;
type Part = NameWhere<{ partOf: string }>;
type Choosable = NameWhere<{ help: string }>;
type Newer = NameWhere<{ isNewer: true }>;

type GivenOf<Row> = Row extends { type: SettingType<infer Given, unknown, unknown> }
  ? Given
  : never;
type ValueOf<Row> = Row extends { type: SettingType<never, infer Value, unknown> } ? Value : never;
type RecordedOf<Row> = Row extends { type: SettingType<never, unknown, infer Recorded> }
  ? Recorded
  : never;

/** The settings that a user may choose and that decide the bytes; everything has a default. */
export type TrainingSettings = {
  [Name in keyof Pick<Table, Deciding & Choosable>]?: GivenOf<Table[Name]> | undefined;
};

/** The settings that a user may choose and that decide the time alone. */
export type MachineSettings = {
  [Name in keyof Pick<Table, Exclude<Choosable, Deciding>>]?: GivenOf<Table[Name]> | undefined;
};

/** Every setting that decides the bytes, as resolved: every default filled in. */
export type Configuration = {
  readonly [Name in keyof Pick<Table, Exclude<Deciding, Part>>]: ValueOf<Table[Name]>;
};

/** The configuration as run.json has it; fields newer than the format may be absent. */
export type RunConfiguration = {
  [Name in keyof Pick<Table, Exclude<Deciding, Part | Newer>>]: RecordedOf<Table[Name]>;
} & {
  [Name in keyof Pick<Table, Newer>]?: RecordedOf<Table[Name]>;
} & {
  /** Settings of the loss by name. */
  lossSettings?: Record<string, number>;
};
