// Where the spans of each worker in the sampled steps of an epoch lie. There is a fixed room for them:
// watching never stops a run.
import { trainingStages } from '@convbook/layers/plan';
import { mostTimelineWorkers } from '@convbook/run';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { slotAt, slotsOf } from './sampled-steps.ts';
import type { SharedState } from '../shared-state.ts';
import { placeNumbers } from './span-place.ts';
import type { TrainingBatch, TrainingPlan } from '../training-plan.ts';

/** With more shards a phase has one span a worker. */
const mostShards = 64;

/** Spans a worker has room for in a step, so that the slots of an epoch take at most 22 MB. */
const mostSpansOfWorker = 1024;

/** Whether the shards of a phase have a span each. */
export const isByShard = (shards: number) => shards <= mostShards;

/**
 * Most spans of a worker: it does all shards of every stage and ends it, prepares, sums, updates; with other ranks
 * it also sums nodes and ranges.
 */
export function spansOf({ shards, exchange }: TrainingBatch): number {
  const stages = trainingStages(shards[0]).length;
  const sums = exchange === null || exchange.nodes.length === 0 ? 0 : 2;
  return stages * (1 + (isByShard(shards.length) ? shards.length : 1)) + 3 + sums;
}

function roomOf({ full, last, configuration }: TrainingPlan): number {
  const findsRatios = optimizerKinds[configuration.optimizer.name].trust ? 1 : 0;
  return Math.min(mostSpansOfWorker, Math.max(spansOf(full), spansOf(last)) + findsRatios);
}

/** Workers whose spans are recorded. */
export function recordedWorkers({ workers }: TrainingPlan): number {
  return Math.min(workers, mostTimelineWorkers);
}

/** Float64 numbers that the timelines of an epoch take. */
export function timelineNumbers(plan: TrainingPlan): number {
  return slotsOf('times', plan) * recordedWorkers(plan) * placeNumbers(roomOf(plan));
}

/** Where a worker records a step. */
export function placeOf(
  { plan, timeline }: SharedState,
  step: number,
  worker: number,
): Float64Array {
  const size = placeNumbers(roomOf(plan));
  const first = (slotAt('times', plan, step) * recordedWorkers(plan) + worker) * size;
  return timeline.subarray(first, first + size);
}
