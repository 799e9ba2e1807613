// Everything the threads share: one WebAssembly memory, the data set's bytes, and small arrays for
// control, statistics and results. It crosses to a worker by structured clone; nothing is copied.
// A thread that trains alone may have it in plain memory.
import type { Standardization } from '@convbook/core';
import type { Dataset } from '@convbook/data';
import type { ByEvaluatedSet } from './evaluated-sets.ts';
import type { Profile } from './observe/profile.ts';
import type { Subset } from './subset.ts';
import type { TrainingPlan } from './training-plan.ts';

export interface SharedState {
  readonly plan: TrainingPlan;
  /** Of the run, in every file it writes; undefined where it writes none, or an earlier version began it. */
  readonly fingerprint: string | undefined;
  /** The trained parameters that the run began with; null where all were drawn. */
  readonly start: StartFacts | null;
  readonly module: WebAssembly.Module;
  /** Null where V8 makes the kernels twice as wide. */
  readonly whyNarrow: string | null;
  readonly memory: WebAssembly.Memory;
  readonly train: Subset;
  /** `[channels, height, width]`; the model may take it flattened. */
  readonly sampleShape: Dataset['sampleShape'];
  readonly evaluated: ByEvaluatedSet<EvaluatedSet>;
  /** See `control/`. */
  readonly control: Int32Array;
  /** Where each worker is, see `whereabouts.ts`. */
  readonly whereabouts: Int32Array;
  /** How long each worker worked and waited, `workerTimesNumbers` a worker. */
  readonly workerTimes: Float64Array;
  /** The spans of each worker in the sampled steps of the epoch. */
  readonly timeline: Float64Array;
  /** Where the time of single calls is added up, in the sampled steps. */
  readonly profile: Profile;
  /** Indexes of the training samples in this epoch's order. */
  readonly order: Uint32Array;
  readonly statistics: Statistics;
}

/** The start of a run as far as it decides bytes. */
export interface StartFacts {
  /** SHA-256 of `start.safetensors`. */
  readonly ownSha256: string;
  /** Full names of the parameters in it. */
  readonly taken: readonly string[];
  /** How the source scaled pixel values; null where the run measures its own data, or need not. */
  readonly standardization: Standardization | null;
}

export interface EvaluatedSet extends Subset {
  /** `[sample][class]`, float32. */
  readonly logits: Float32Array;
  /** Loss sum and correct answers of each shard. */
  readonly losses: Float64Array;
  readonly correct: Int32Array;
}

/** Numbers that a step leaves. */
export interface Statistics {
  /** Loss sum and correct answers of each shard of the running batch. */
  readonly losses: Float64Array;
  readonly correct: Int32Array;
  /** Sum of squares of each gradient item. */
  readonly squares: Float64Array;
  /** The optimizer's numbers, kept in checkpoints. */
  readonly optimizer: Float64Array;
  readonly learningRate: Float64Array;
  /** The factor of a plateau of the validation loss on the learning rate. */
  readonly rateFactor: Float64Array;
  /** The factor that shortens the gradient of the running batch to `clipNorm`. */
  readonly gradientScale: Float64Array;
  /** Sums of squares of each part of the weights and of their direction, where there are ratios. */
  readonly trustSquares: Float64Array;
  /** The factor of each parameter on the learning rate, 1 but for weights with a trust ratio. */
  readonly trustRatios: Float64Array;
  /** Squares of each part of the running update, where the step is sampled. */
  readonly segments: Float64Array;
  /** Norms of each layer in the sampled steps of the epoch. */
  readonly layers: Float64Array;
  /** Numbers of each batch of the epoch, see `batch-numbers.ts`. */
  readonly batches: Float64Array;
}
