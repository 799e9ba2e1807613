import { createMemory } from '@convbook/core/kernels';
import { batchNumbers } from './batch-numbers.ts';
import { controlWords } from './control/words.ts';
import { mapSets, type ByEvaluatedSet } from './evaluated-sets.ts';
import { arraysIn, type Arrays, type MemoryKind } from './memory-kind.ts';
import { normNumbers } from './observe/norm-layout.ts';
import { createProfile } from './observe/profile.ts';
import type { EvaluatedSet, SharedState, Statistics } from './shared-state.ts';
import type { Subset } from './subset.ts';
import type { TrainingPlan } from './training-plan.ts';
import { whereaboutsWords } from './whereabouts.ts';
import { workerTimesNumbers } from './observe/worker-times.ts';

/** A state is made from these. */
export interface StateParts {
  readonly plan: TrainingPlan;
  readonly fingerprint?: SharedState['fingerprint'];
  readonly start?: SharedState['start'];
  /** The kernels built for this kind of memory. */
  readonly module: WebAssembly.Module;
  readonly whyNarrow: SharedState['whyNarrow'];
  readonly train: Subset;
  readonly sampleShape: SharedState['sampleShape'];
  readonly evaluated: ByEvaluatedSet<Subset>;
}

/** The optimizer's numbers, at most. */
const optimizerNumbers = 8;

/**
 * A state before its first step; all but the constants is zero. Where workers record what they do it
 * takes `timelineNumbers` for that.
 */
export function createState(
  { plan, fingerprint, start = null, module, whyNarrow, train, sampleShape, evaluated }: StateParts,
  kind: MemoryKind,
  timelineNumbers = 0,
): SharedState {
  const arrays = arraysIn(kind);
  const memory = createMemory(kind, plan.map.sizeBytes);
  new Int32Array(memory.buffer, plan.map.bases.constants).set(plan.constants);
  return {
    plan,
    fingerprint,
    start,
    module,
    whyNarrow,
    memory,
    train: withOwnIndexes(train, arrays),
    sampleShape,
    evaluated: createEvaluated(plan, evaluated, arrays),
    control: arrays.integers(controlWords),
    whereabouts: arrays.integers(plan.workers * whereaboutsWords),
    workerTimes: arrays.doubles(plan.workers * workerTimesNumbers),
    timeline: arrays.doubles(timelineNumbers),
    profile: createProfile(plan.full, plan.workers, arrays.doubles),
    order: arrays.indexes(plan.trainSamples),
    statistics: createStatistics(plan, arrays),
  };
}

/** The indexes where workers see them. */
function withOwnIndexes({ images, indexes }: Subset, arrays: Arrays): Subset {
  const own = arrays.indexes(indexes.length);
  own.set(indexes);
  return { images, indexes: own };
}

function createEvaluated(
  plan: TrainingPlan,
  evaluated: ByEvaluatedSet<Subset>,
  arrays: Arrays,
): ByEvaluatedSet<EvaluatedSet> {
  const [classes] = plan.model.output;
  return mapSets(evaluated, (subset, set) => {
    const items = plan.evaluation[set]?.items ?? 0;
    return {
      ...withOwnIndexes(subset, arrays),
      logits: arrays.floats(subset.indexes.length * classes),
      losses: arrays.doubles(items),
      correct: arrays.integers(items),
    };
  });
}

function createStatistics(plan: TrainingPlan, { doubles, integers }: Arrays): Statistics {
  const { full, last } = plan;
  const shards = Math.max(full.cut.length, last.cut.length);
  const norms = normNumbers(plan);
  return {
    losses: doubles(shards),
    correct: integers(shards),
    squares: doubles(Math.max(full.gradientItems.length, last.gradientItems.length)),
    optimizer: doubles(optimizerNumbers),
    learningRate: doubles(1),
    rateFactor: doubles(1).fill(1),
    gradientScale: doubles(1).fill(1),
    trustSquares: doubles(norms.segments),
    trustRatios: doubles(plan.layout.parameters.length).fill(1),
    segments: doubles(norms.segments),
    layers: doubles(norms.layers),
    batches: doubles(plan.batchesPerEpoch * batchNumbers),
  };
}
