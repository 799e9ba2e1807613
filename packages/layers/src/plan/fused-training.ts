// The part of the layers of one pass that only training needs.
import type { TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import { isFrozen } from '../calls/resolved.ts';
import type { WholeBatchGradient } from '../calls/whole-batch.ts';
import { trainingOf } from '../training-registry.ts';
import type { FusedLayers } from './fused-layers.ts';

/** The calls of a pass and of its gradients, for one shard. */
export function trainingCalls({ layer }: FusedLayers, context: TrainingContext): TrainingCalls {
  return trainingOf(layer.spec).train(context);
}

/** How the gradients of a layer are computed from the whole batch; null where shards compute them, or nothing does. */
export function wholeBatchOf({ layer, followedBy }: FusedLayers): WholeBatchGradient | null {
  if (isFrozen(layer)) return null;
  return trainingOf(layer.spec).wholeBatch?.(layer, followedBy) ?? null;
}

/** Bytes in which the shards of a batch leave sums of a layer for each other; mostly 0. */
export function sharedBytes({ layer }: FusedLayers, shardCount: number): number {
  return trainingOf(layer.spec).sharedBytes?.(layer, shardCount) ?? 0;
}

/** Bytes that the `prepare` calls of a layer fill; mostly 0. */
export function preparedBytes({ layer, followedBy }: FusedLayers): number {
  return trainingOf(layer.spec).preparedBytes?.(layer, followedBy) ?? 0;
}
