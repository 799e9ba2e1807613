// A training step over one batch, as phases of items. Items of a phase write different memory and
// run on any worker in any order; a phase starts when the one before has ended.
import type { LossOptions } from '../losses/registry.ts';
import type { ResolvedLayer, ResolvedModel } from '../model.ts';
import { kindOf } from '../registry.ts';
import { Allocator, type ConstantTables } from './allocator.ts';
import { gradientPlace, type ParameterLayout, type PlacedParameter } from './parameter-layout.ts';
import { withGradientRoles } from './call-roles.ts';
import { cut, squares, type GradientItem } from './gradient-item.ts';
import { after, call, type Call, type Place } from './place.ts';
import { planShard, sharedBytes, type ShardPlan } from './shard-plan.ts';
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

const batchStart: Place = { region: 'batch', offset: 0 };

export function planBatch(
  model: ResolvedModel,
  layout: ParameterLayout,
  tables: ConstantTables,
  batchSize: number,
  shardSize: number,
  needsInputGradient = false,
  loss?: LossOptions,
): BatchPlan {
  const kept = new Allocator('batch');
  const cutShards = cutIntoShards(batchSize, shardSize);
  const shardCount = cutShards.length;
  const shared = takeAll(model, kept, (layer) => sharedBytes(layer, shardCount));
  const prepared = takeAll(model, kept, (layer) => kindOf(layer.spec).preparedBytes?.(layer) ?? 0);
  const shards = cutShards.map((shard) =>
    planShard({
      ...{ model, layout, tables, shard, needsInputGradient },
      batch: { kept, batchSize, shardCount, shared, prepared },
      ...(loss ? { loss } : {}),
    }),
  );
  return {
    ...{ batchSize, shards, prepare: shards[0].prepare },
    gradientItems: [
      ...shards[0].wholeBatch.flatMap((_, which) =>
        wholeBatchItems(shards, which, layout, tables, batchSize),
      ),
      ...layout.parameters
        .filter((parameter) => parameter.offset >= layout.shardedOffset)
        .flatMap((parameter) => sumItems(parameter, layout, shards.length, batchSize)),
    ].map(withGradientRoles),
    batchBytes: kept.sizeBytes,
    arenaBytes: Math.max(...shards.map((shard) => shard.arenaBytes)),
  };
}

// What all shards use of a layer, by its name.
function takeAll(
  model: ResolvedModel,
  kept: Allocator,
  bytesOf: (layer: ResolvedLayer) => number,
): ReadonlyMap<string, Place> {
  const sizes = model.layers.map((layer) => [layer.name, bytesOf(layer)] as const);
  return new Map(sizes.flatMap(([name, bytes]) => (bytes > 0 ? [[name, kept.take(bytes)]] : [])));
}

// Of a layer whose weights' gradient is made from the whole batch.
function wholeBatchItems(
  shards: readonly ShardPlan[],
  which: number,
  layout: ParameterLayout,
  tables: ConstantTables,
  batchSize: number,
): GradientItem[] {
  const { layer } = shards[0].wholeBatch[which];
  const rows = shards.flatMap(({ lanes, wholeBatch }) => [
    ...[wholeBatch[which].input.offset, wholeBatch[which].outputGradient.offset, lanes * 4],
  ]);
  const table = tables.place(Int32Array.from(rows));
  const { plan } = kindOf(layer.spec).wholeBatch as WholeBatchKind;
  return plan({
    ...{ layer, tables, batchSize, shards: [batchStart, table, shards.length] },
    gradient: (shortName) => gradientPlace(layout, `${layer.name}.${shortName}`, 0),
  });
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
