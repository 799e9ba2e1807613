// A training step over one batch, as phases of items. Items of a phase write different memory and
// run on any worker in any order; a phase starts when the one before has ended.
import type { LossOptions } from '../losses/registry.ts';
import type { ResolvedLayer, ResolvedModel } from '../model.ts';
import { kindOf } from '../registry.ts';
import { Allocator, type ConstantTables } from './allocator.ts';
import { gradientPlace, type ParameterLayout, type PlacedParameter } from './parameter-layout.ts';
import { withGradientRoles } from './call-roles.ts';
import { cut, squares, type GradientItem } from './gradient-item.ts';
import { groupLayers, usesWholeBatch } from './groups.ts';
import { after, call, type Call } from './place.ts';
import { planShard, resultBytes, sharedBytes, type ShardPlan } from './shard-plan.ts';
import { cutIntoShards } from './shards.ts';
import type { WholeBatchKind } from './whole-batch.ts';

export interface BatchPlan {
  readonly batchSize: number;
  /** What is done before any shard, an item a call. */
  readonly prepare: readonly Call[];
  /** Phase 1: forward and backward, an item a shard. */
  readonly shards: readonly ShardPlan[];
  /** Phase 2: sums over shards, divided by the batch size. */
  readonly gradientItems: readonly GradientItem[];
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
  const batch = {
    ...{ memory, batchSize, shardCount, rowBytes },
    shared: byLayer(model, (layer) => take(sharedBytes(layer, shardCount))),
    prepared: byLayer(model, (layer) => take(kindOf(layer.spec).preparedBytes?.(layer) ?? 0)),
    kept: byLayer(model, (layer, wholeBatch) =>
      wholeBatch ? wholeBatch.keeps(layer).map((rows) => memory.take(rows * rowBytes)) : null,
    ),
  };
  const shards = cutShards.map((shard) =>
    planShard({
      ...{ model, layout, tables, shard, needsInputGradient, batch },
      ...(loss ? { loss } : {}),
    }),
  );
  // Its start is where an item leaves its sum of squares.
  const arena = new Allocator('arena', resultBytes);
  const wholeBatchItems = model.layers.flatMap((layer) => {
    const kept = batch.kept.get(layer.name);
    if (!kept) return [];
    const { plan } = kindOf(layer.spec).wholeBatch as WholeBatchKind;
    return plan({
      ...{ layer, tables, batchSize, kept, rowBytes, arena },
      gradient: (shortName) => gradientPlace(layout, `${layer.name}.${shortName}`, 0),
    });
  });
  return {
    ...{ batchSize, shards, prepare: shards[0].prepare },
    gradientItems: [
      ...wholeBatchItems,
      ...layout.parameters
        .filter((parameter) => parameter.offset >= layout.shardedOffset)
        .flatMap((parameter) => sumItems(parameter, layout, shards.length, batchSize)),
    ].map(withGradientRoles),
    batchBytes: memory.sizeBytes,
    arenaBytes: Math.max(arena.sizeBytes, ...shards.map((shard) => shard.arenaBytes)),
  };
}

// What `take` takes of the batch's memory for the first layer of a group, by its name.
function byLayer<Taken>(
  model: ResolvedModel,
  take: (layer: ResolvedLayer, wholeBatch: WholeBatchKind | null) => Taken | null,
): ReadonlyMap<string, Taken> {
  const entries = groupLayers(model).flatMap((group): [string, Taken][] => {
    const [layer] = group;
    const taken = take(
      layer,
      usesWholeBatch(group) ? (kindOf(layer.spec).wholeBatch ?? null) : null,
    );
    return taken === null ? [] : [[layer.name, taken]];
  });
  return new Map(entries);
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
    const vectors = Math.ceil((to - from) / 4);
    return {
      parameter: name,
      calls: [
        call('sumShards', place, layout.shardedBytes, shards, vectors, batchSize),
        call('sumSquares', place, 0, 1, to - from, squares),
      ],
    };
  });
}
