// A training step over one batch, as phases of items. Items of a phase write different memory and
// run on any worker in any order; a phase starts when the one before has ended.
import { highest, type ChannelScaling } from '@convbook/core';
import { Allocator } from '../calls/allocator.ts';
import type { Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import type { GradientItem } from '../calls/gradient-item.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import type { Section } from '../calls/sections.ts';
import { cutIntoShards, type Shard } from '../calls/shards.ts';
import type { LossOptions } from '../losses/registry.ts';
import { layOutBatch, type KeptArray } from './batch-memory.ts';
import { onlyRank, type BatchShare, type Ranks } from './batch-share.ts';
import { fuseLayers } from './fused-layers.ts';
import { finishItems, sumItems, wholeBatchItems, wholeBatchLayers } from './gradient-items.ts';
import type { ParameterLayout } from './parameter-layout.ts';
import { planSectionSums, type SectionSums } from './section-sums.ts';
import { resultBytes } from './shard-places.ts';
import { planTrainingShard, type TrainingShardPlan } from './shard-plan.ts';
import { nodesOf, type TreeNode } from './tree-nodes.ts';

/** A training step over one batch: the items of its phases and the memory they share. */
export interface BatchPlan extends BatchShare {
  readonly batchSize: number;
  /** Run before any shard; each call is an item. */
  readonly prepare: readonly Call[];
  /** All shards of the batch. */
  readonly cut: readonly Shard[];
  readonly kept: readonly KeptArray[];
  /** Phase 1: forward and backward, an item a shard of this rank; a rank without any has the plan of one. */
  readonly shards: readonly TrainingShardPlan[];
  /** Neighbouring shards whose rows are kept together. */
  readonly sections: readonly Section[];
  /** Phase 2: gradients, divided by the batch size; the last call of each sums its squares. */
  readonly gradientItems: readonly GradientItem[];
  /** The first gradient items, as many as this, read only the rows that shards keep. */
  readonly wholeBatchItems: number;
  /**
   * Null where gradients are made from the rows of all shards. Else these come between the phases, and the first
   * gradient items divide the sums of all ranks' nodes, which then lie at the start of the gradients.
   */
  readonly sectionSums: SectionSums | null;
  readonly batchBytes: number;
  readonly arenaBytes: number;
}

/** The options of a batch's plan. */
export interface BatchOptions {
  /** Whether the gradient of the model's input is wanted too; default false. */
  readonly needsInputGradient?: boolean;
  /** Default softmax cross-entropy of labels. */
  readonly loss?: LossOptions;
  /** How the bytes of each channel become floats; default byte / 255. */
  readonly scaling?: readonly ChannelScaling[] | undefined;
  /** Which of the ranks that share the batch the plan is for; default the only one. */
  readonly ranks?: Ranks;
  /** The nodes of the tree over sections that it sums; default those of the rank, if ranks share sections. */
  readonly sectionNodes?: readonly TreeNode[];
}

/** Plans a training step over one batch. */
export function planBatch(
  model: ResolvedModel,
  layout: ParameterLayout,
  tables: ConstantTables,
  batchSize: number,
  shardSize: number,
  { needsInputGradient = false, loss, scaling, ranks = onlyRank, sectionNodes }: BatchOptions = {},
): BatchPlan {
  const fused = fuseLayers(model);
  const cutShards = cutIntoShards(batchSize, shardSize);
  const batch = layOutBatch(fused, batchSize, cutShards, layout, ranks);
  const { share } = batch;
  // One in any case: its stages have the calls at the end of each phase.
  const first = Math.min(share.firstShard, cutShards.length - 1);
  const planned = cutShards.slice(first, first + Math.max(1, share.ownShards));
  const given = { ...(loss && { loss }), scaling };
  const options = { model, layout, tables, batch, needsInputGradient, ...given };
  const shards = planned.map((shard) => planTrainingShard({ ...options, shard }));
  // An item leaves its sum of squares at the arena's start.
  const arena = new Allocator('arena', resultBytes);
  const layers = wholeBatchLayers(fused, batch, layout, tables, arena);
  const nodes = sectionNodes ?? ownNodes(share.sectionStarts, ranks);
  const sectionSums =
    nodes.length > 0 && layers.length > 0
      ? planSectionSums(layers, nodes, layout.shardedOffset, batch.memory, arena)
      : null;
  const whole = sectionSums
    ? finishItems(layers, batchSize)
    : wholeBatchItems(layers, batchSize, arena);
  return {
    batchSize,
    cut: cutShards,
    ...share,
    kept: batch.kept,
    prepare: shards[0].prepare,
    shards,
    sections: batch.sections,
    gradientItems: [
      ...whole,
      ...sumItems(layout, ranks.ranks === 1 ? shards.length : 1, batchSize),
    ],
    wholeBatchItems: sectionSums ? 0 : whole.length,
    sectionSums,
    batchBytes: batch.memory.sizeBytes,
    arenaBytes: Math.max(arena.sizeBytes, highest(shards.map((shard) => shard.arenaBytes))),
  };
}

/** The nodes of the tree over sections that a rank has whole. */
function ownNodes(starts: readonly number[] | null, { rank, ranks }: Ranks): TreeNode[] {
  return starts ? nodesOf(starts[rank], starts[rank + 1], starts[ranks]) : [];
}
