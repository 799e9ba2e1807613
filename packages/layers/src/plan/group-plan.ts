import type { ResolvedLayer } from '../model.ts';
import type { Allocator, ConstantTables } from './allocator.ts';
import type { Call } from './call.ts';
import type { Place } from './place.ts';
import type { Shard } from './shards.ts';

/** What a group of layers needs to know to plan its kernel calls for one shard. */
export interface GroupContext {
  readonly layers: readonly ResolvedLayer[];
  readonly shard: Shard;
  readonly lanes: number;
  readonly input: Place;
  readonly output: Place;
  /** Null in evaluation. */
  readonly outputGradient: Place | null;
  /** Null in evaluation, and for the first group, whose input needs no gradient. */
  readonly inputGradient: Place | null;
  /** What random numbers of the step depend on; the kernel `dropoutMask` has the layout. */
  readonly draws: Place;
  /** Null in evaluation. */
  readonly batch: BatchContext | null;
  readonly arena: Allocator;
  readonly tables: ConstantTables;
  /** Place of a parameter by its short name, in the group's first layer. */
  parameter(shortName: string): Place;
  gradient(shortName: string): Place;
}

/** The batch a shard belongs to. */
export interface BatchContext {
  readonly batchSize: number;
  readonly shardCount: number;
  /** By a layer's name the `sharedBytes` of its kind: the same place for all shards. */
  readonly shared: ReadonlyMap<string, Place>;
  /** By a layer's name the `preparedBytes` of its kind, as its `prepare` calls left them. */
  readonly prepared: ReadonlyMap<string, Place>;
  /** By a layer's name the arrays that its kind `keeps` of the whole batch. */
  readonly kept: ReadonlyMap<string, readonly Place[]>;
  /** Of a row of those arrays. */
  readonly rowBytes: number;
}

/** Kernel calls of one group for one shard. */
export interface GroupPlan {
  readonly forward: readonly Call[];
  readonly backward: readonly Call[];
  /** Once a step, before any shard; the same for every shard, in any order. */
  readonly prepare?: readonly Call[];
  /** What must be known of the whole batch before `forward` and before `backward`. */
  readonly sums?: { readonly forward: BatchSum; readonly backward: BatchSum };
}

/** A sum over all samples of a batch: of each shard, then once over the shards. */
export interface BatchSum {
  readonly shard: readonly Call[];
  readonly batch: readonly Call[];
}

export type PlanGroup = (context: GroupContext) => GroupPlan;
