// Everything the threads share: one WebAssembly memory, the data set's bytes, and small arrays for
// control, statistics and results. It crosses to a worker by structured clone; nothing is copied.
import { createMemory } from '@convbook/core';
import type { Dataset, ImageSet } from '@convbook/data';
import { controlWords, whereaboutsWords } from './control.ts';
import { layerNormArrays } from './layer-norms.ts';
import { createProfile, type Profile } from './profile.ts';
import { timelineNumbers } from './timeline.ts';
import type { TrainingPlan } from './training-plan.ts';
import { workerTimesNumbers } from './worker-times.ts';

export interface SharedState {
  readonly plan: TrainingPlan;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly train: ImageSet;
  /** `[channels, height, width]`; the model may take it flattened. */
  readonly sampleShape: Dataset['sampleShape'];
  /** Test set, then the validation set where there is one. */
  readonly evaluated: readonly EvaluatedSet[];
  readonly control: Int32Array;
  /** What each worker does, `whereaboutsWords` a worker: the phase, and its item. */
  readonly whereabouts: Int32Array;
  /** How long each worker worked and waited, `workerTimesNumbers` a worker. */
  readonly workerTimes: Float64Array;
  /** What each worker did in the sampled steps of the epoch. */
  readonly timeline: Float64Array;
  /** Where the time of single calls is added up, in the sampled steps. */
  readonly profile: Profile;
  /** Training samples in this epoch's order. */
  readonly order: Uint32Array;
  readonly statistics: Statistics;
}

export interface EvaluatedSet {
  readonly images: ImageSet;
  /** `[sample][class]`, float32. */
  readonly logits: Float32Array;
  /** Of each shard: loss sum, correct answers. */
  readonly losses: Float64Array;
  readonly correct: Int32Array;
}

/** What a step leaves behind. */
export interface Statistics {
  /** Of each shard of the running batch. */
  readonly losses: Float64Array;
  readonly correct: Int32Array;
  /** Sum of squares of each gradient item. */
  readonly squares: Float64Array;
  /** The optimizer's numbers, kept in checkpoints. */
  readonly optimizer: Float64Array;
  readonly learningRate: Float64Array;
  /** What a plateau of the validation loss multiplies the learning rate with. */
  readonly rateFactor: Float64Array;
  /** What shortens the gradient of the running batch to `clipNorm`. */
  readonly gradientScale: Float64Array;
  /** Of the running batch, where it is sampled: squares of each part of an update. */
  readonly segments: Float64Array;
  /** Norms of each layer in the sampled steps of the epoch. */
  readonly layers: Float64Array;
  /** Of each batch of the epoch: loss sum, correct answers, learning rate, gradient norm. */
  readonly batches: Float64Array;
}

/** Float64 numbers `Statistics.batches` has for each batch. */
export const batchNumbers = 4;

const optimizerNumbers = 8;

export function createSharedState(
  plan: TrainingPlan,
  module: WebAssembly.Module,
  { train, sampleShape }: Pick<SharedState, 'train' | 'sampleShape'>,
  evaluated: readonly ImageSet[],
): SharedState {
  const memory = createMemory('shared', plan.map.sizeBytes);
  new Int32Array(memory.buffer, plan.map.bases.constants).set(plan.constants);
  const classes = plan.model.output[0];
  const shards = Math.max(plan.full.shards.length, plan.last.shards.length);
  const norms = layerNormArrays(plan);
  const items = Math.max(plan.full.gradientItems.length, plan.last.gradientItems.length);
  return {
    ...{ plan, module, memory, train, sampleShape },
    evaluated: evaluated.map((images, set) => ({
      images,
      logits: new Float32Array(shared(images.count * classes * 4)),
      losses: doubles(plan.evaluation[set].items),
      correct: integers(plan.evaluation[set].items),
    })),
    control: integers(controlWords),
    whereabouts: integers(plan.workers * whereaboutsWords),
    workerTimes: doubles(plan.workers * workerTimesNumbers),
    timeline: doubles(timelineNumbers(plan)),
    profile: createProfile(plan.full, plan.workers),
    order: new Uint32Array(shared(plan.trainSamples * 4)),
    statistics: {
      losses: doubles(shards),
      correct: integers(shards),
      squares: doubles(items),
      optimizer: doubles(optimizerNumbers),
      learningRate: doubles(1),
      rateFactor: doubles(1).fill(1),
      gradientScale: doubles(1).fill(1),
      segments: doubles(norms.segments),
      layers: doubles(norms.layers),
      batches: doubles(plan.batchesPerEpoch * batchNumbers),
    },
  };
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

function doubles(count: number): Float64Array {
  return new Float64Array(shared(count * 8));
}

function integers(count: number): Int32Array {
  return new Int32Array(shared(count * 4));
}
