// A training step over one batch, as phases of items. Items of a phase write different memory and
// run on any worker in any order; a phase starts when the one before has ended.
import { highest, type ChannelScaling } from '@convbook/core';
import { Allocator } from '../calls/allocator.ts';
import type { Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import type { GradientItem } from '../calls/gradient-item.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import { cutIntoShards } from '../calls/shards.ts';
import type { LossOptions } from '../losses/registry.ts';
import { layOutBatch } from './batch-memory.ts';
import { fuseLayers } from './fused-layers.ts';
import { sumItems, wholeBatchItems } from './gradient-items.ts';
import type { ParameterLayout } from './parameter-layout.ts';
import { resultBytes } from './shard-places.ts';
import { planTrainingShard, type TrainingShardPlan } from './shard-plan.ts';

/** A training step over one batch: the items of its phases and the memory they share. */
export interface BatchPlan {
  readonly batchSize: number;
  /** Run before any shard; each call is an item. */
  readonly prepare: readonly Call[];
  /** Phase 1: forward and backward, an item a shard. */
  readonly shards: readonly TrainingShardPlan[];
  /** Phase 2: gradients, divided by the batch size; the last call of each sums its squares. */
  readonly gradientItems: readonly GradientItem[];
  /** The first gradient items, as many as this, read only the rows that shards keep. */
  readonly wholeBatchItems: number;
  readonly batchBytes: number;
  readonly arenaBytes: number;
}

/** Plans a training step over one batch. */
export function planBatch(
  model: ResolvedModel,
  layout: ParameterLayout,
  tables: ConstantTables,
  batchSize: number,
  shardSize: number,
  needsInputGradient = false,
  loss?: LossOptions,
  scaling?: readonly ChannelScaling[],
): BatchPlan {
  const fused = fuseLayers(model);
  const cutShards = cutIntoShards(batchSize, shardSize);
  const batch = layOutBatch(fused, batchSize, cutShards);
  const given = { ...(loss && { loss }), scaling };
  const options = { model, layout, tables, batch, needsInputGradient, ...given };
  const shards = cutShards.map((shard) => planTrainingShard({ ...options, shard }));
  // An item leaves its sum of squares at the arena's start.
  const arena = new Allocator('arena', resultBytes);
  const fromKept = wholeBatchItems(fused, batch, layout, tables, arena);
  return {
    batchSize,
    prepare: shards[0].prepare,
    shards,
    gradientItems: [...fromKept, ...sumItems(layout, shards.length, batchSize)],
    wholeBatchItems: fromKept.length,
    batchBytes: batch.memory.sizeBytes,
    arenaBytes: Math.max(arena.sizeBytes, highest(shards.map((shard) => shard.arenaBytes))),
  };
}
