// A training step over one batch, as phases of items. Items of a phase write different memory and
// run on any worker in any order; a phase starts when the one before has ended.
import { highest } from '@convbook/core';
import type { LossOptions } from '../losses/registry.ts';
import type { ResolvedLayer, ResolvedModel } from '../model.ts';
import { kindOf } from '../registry.ts';
import { Allocator, type ConstantTables } from './allocator.ts';
import { call, type Call } from './call.ts';
import { gradientPlace, type ParameterLayout, type PlacedParameter } from './parameter-layout.ts';
import { withGradientRoles } from './call-roles.ts';
import { cut, gradientItem, oneRow, type GradientItem } from './gradient-item.ts';
import { groupLayers, wholeBatchOf } from './groups.ts';
import { after } from './place.ts';
import { planShard, resultBytes, sharedBytes, type ShardPlan } from './shard-plan.ts';
import { cutIntoShards } from './shards.ts';

export interface BatchPlan {
  readonly batchSize: number;
  /** What is done before any shard, an item a call. */
  readonly prepare: readonly Call[];
  /** Phase 1: forward and backward, an item a shard. */
  readonly shards: readonly ShardPlan[];
  /** Phase 2: sums over shards, divided by the batch size. */
  readonly gradientItems: readonly GradientItem[];
  /** So many of them, the first, need of the shards only what these keep. */
  readonly wholeBatchItems: number;
  readonly batchBytes: number;
  readonly arenaBytes: number;
}

export function planBatch(
  model: ResolvedModel,
  layout: ParameterLayout,
  tables: ConstantTables,
  batchSize: number,
  shardSize: number,
  needsInputGradient = false,
  loss?: LossOptions,
): BatchPlan {
  const memory = new Allocator('batch');
  const cutShards = cutIntoShards(batchSize, shardSize);
  const shardCount = cutShards.length;
  const rowBytes = cutShards.reduce((sum, { lanes }) => sum + lanes, 0) * 4;
  const take = (bytes: number) => (bytes > 0 ? memory.take(bytes) : null);
  const groups = groupLayers(model);
  const batch = {
    ...{ memory, batchSize, shardCount, rowBytes },
    shared: byLayer(groups, ([layer]) => take(sharedBytes(layer, shardCount))),
    prepared: byLayer(groups, ([layer]) => take(kindOf(layer.spec).preparedBytes?.(layer) ?? 0)),
    kept: byLayer(groups, (group) => {
      const rows = wholeBatchOf(group)?.keeps(group[0]);
      return rows?.map((count) => memory.take(count * rowBytes)) ?? null;
    }),
  };
  const shards = cutShards.map((shard) =>
    planShard({
      ...{ model, layout, tables, shard, needsInputGradient, batch },
      ...(loss ? { loss } : {}),
    }),
  );
  // Its start is where an item leaves its sum of squares.
  const arena = new Allocator('arena', resultBytes);
  const wholeBatchItems = groups.flatMap((group) => {
    const [layer] = group;
    const kept = batch.kept.get(layer.name) ?? [];
    const gradient = (shortName: string) => gradientPlace(layout, `${layer.name}.${shortName}`, 0);
    const context = { layer, tables, batchSize, kept, rowBytes, arena, gradient };
    return wholeBatchOf(group)?.plan(context) ?? [];
  });
  return {
    ...{ batchSize, shards, prepare: shards[0].prepare },
    gradientItems: [
      ...wholeBatchItems,
      ...layout.parameters
        .filter((parameter) => parameter.offset >= layout.shardedOffset)
        .flatMap((parameter) => sumItems(parameter, layout, shards.length, batchSize)),
    ].map(withGradientRoles),
    wholeBatchItems: wholeBatchItems.length,
    batchBytes: memory.sizeBytes,
    arenaBytes: Math.max(arena.sizeBytes, highest(shards.map((shard) => shard.arenaBytes))),
  };
}

// What `take` takes of the batch's memory for a group, by the name of its first layer.
function byLayer<Taken>(
  groups: readonly (readonly ResolvedLayer[])[],
  take: (group: readonly ResolvedLayer[]) => Taken | null,
): ReadonlyMap<string, Taken> {
  const taken = groups.map((group) => [group[0].name, take(group)] as const);
  return new Map(taken.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

function sumItems(
  { name, count }: PlacedParameter,
  layout: ParameterLayout,
  shards: number,
  batchSize: number,
): GradientItem[] {
  const gradient = gradientPlace(layout, name, 0);
  return cut(count).map(([from, to]) => {
    const place = after(gradient, from * 4);
    return gradientItem(name, oneRow(place, to - from), [
      call('sumShards', {
        first: place,
        shardStride: layout.shardedBytes,
        shards,
        vectors: Math.ceil((to - from) / 4),
        divisor: batchSize,
      }),
    ]);
  });
}
