// The plan of a batch with the addresses of one worker put in, ready to be called.
import type { Kernels } from '@convbook/core/kernels';
import {
  linkCalls,
  trainingStages,
  type Call,
  type LinkedCall,
  type RegionBases,
  type ShardPlan,
  type Stage,
} from '@convbook/layers/plan';
import { noClock, type Clock } from './observe/clock.ts';
import { shardSumsOf, type ShardSums } from './exchange/shard-sums.ts';
import type { BatchExchange } from './exchange/batch-exchange.ts';
import type { SharedItem, SharedItems } from './exchange/shared-items.ts';
import type { WholeSums } from './exchange/node-exchange.ts';
import type { RowsGroup } from './exchange/rows-exchange.ts';
import type { TrainingBatch } from './training-plan.ts';
import type { PhaseName } from './phase-names.ts';

export interface LinkedShard {
  readonly plan: ShardPlan;
  readonly calls: readonly LinkedCall[];
}

/** The calls of a stage up to where its shard has kept its rows, and those that follow. */
export interface LinkedTrainingShard {
  readonly plan: ShardPlan;
  /** One after the other; at the end of each a group of rows is kept that ranks exchange, where there are several. */
  readonly parts: readonly (readonly LinkedCall[])[];
  readonly callsAfter: readonly LinkedCall[];
}

/** The shards up to where a layer waits for the whole batch, and the calls at the end. */
export interface LinkedStage {
  readonly name: PhaseName;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether its shards leave losses. */
  readonly hasLoss: boolean;
  readonly shards: readonly LinkedTrainingShard[];
  /** The calls at the end read these of all shards. */
  readonly sums: readonly ShardSums[];
  readonly batchCalls: readonly LinkedCall[];
  /** As many as its shards' parts; none where no rows cross. */
  readonly rowsGroups: readonly LinkedRowsGroup[];
}

/** Rows that cross together. */
export interface LinkedRowsGroup {
  readonly plan: RowsGroup;
  readonly pack: readonly LinkedCall[];
  readonly unpack: readonly LinkedCall[];
}

/** The exchange between ranks, see `BatchExchange`. */
export interface LinkedExchange {
  readonly plan: BatchExchange;
  readonly wholeSums: readonly LinkedWholeSums[];
  readonly nodeItems: readonly (readonly LinkedCall[])[];
  /** The items of all exchanges of nodes. */
  readonly rangeItems: readonly (readonly LinkedCall[])[];
  /** Null where every rank makes all gradients from rows. */
  readonly shared: LinkedSharedItems | null;
}

export interface LinkedWholeSums {
  readonly plan: WholeSums;
  readonly before: readonly LinkedCall[];
  readonly after: readonly LinkedCall[];
}

/** Gradients that ranks make for each other; the calls of an item are at its place in the batch's. */
export interface LinkedSharedItems {
  readonly plan: SharedItems;
  readonly pack: ReadonlyMap<number, readonly LinkedCall[]>;
  /** Of the items of others. */
  readonly unpack: readonly LinkedCall[];
}

export interface LinkedBatch {
  readonly plan: TrainingBatch;
  /** Null for a single rank. */
  readonly exchange: LinkedExchange | null;
  /** Times the reading of images; the calls have it around them. */
  readonly clock: Clock;
  readonly prepare: readonly LinkedCall[];
  readonly stages: readonly LinkedStage[];
  readonly gradientItems: readonly (readonly LinkedCall[])[];
}

export interface Linker {
  batch(plan: TrainingBatch, clock?: Clock): LinkedBatch;
  evaluation(plan: ShardPlan): LinkedShard;
}

type Link = (calls: readonly Call[]) => LinkedCall[];

/** Links plans for the worker whose addresses `bases` are. */
export function createLinker(kernels: Kernels, bases: RegionBases): Linker {
  const linkWith =
    (clock: Clock): Link =>
    (calls) =>
      linkCalls(calls, kernels, bases, clock.aroundKernel);
  return {
    batch(plan, clock = noClock) {
      const link = linkWith(clock);
      return {
        plan,
        exchange: plan.exchange && linkExchange(plan.exchange, link),
        clock,
        prepare: link(plan.prepare),
        stages: linkStages(plan, link),
        gradientItems: plan.gradientItems.map(({ calls }) => link(calls)),
      };
    },
    evaluation(plan) {
      const forward = plan.forward.flatMap(({ calls }) => calls);
      return { plan, calls: linkWith(noClock)([plan.load, ...forward, plan.loss]) };
    },
  };
}

function linkExchange(plan: BatchExchange, link: Link): LinkedExchange {
  const { shared } = plan;
  return {
    plan,
    wholeSums: plan.wholeSums.map((sums) => ({
      plan: sums,
      before: link(sums.before),
      after: link(sums.after),
    })),
    nodeItems: plan.nodeItems.map(link),
    rangeItems: plan.nodes.flatMap(({ items }) => items).map(link),
    shared: shared && linkShared(shared, link),
  };
}

function linkShared(plan: SharedItems, link: Link): LinkedSharedItems {
  const isOwn = ({ item }: SharedItem) => plan.own.includes(item);
  const own = plan.all.filter(isOwn);
  const others = plan.all.filter((shared) => !isOwn(shared));
  return {
    plan,
    pack: new Map(own.map(({ item, pack }) => [item, link([pack])])),
    unpack: link(others.map(({ unpack }) => unpack)),
  };
}

function linkStages({ shards, exchange }: TrainingBatch, link: Link): LinkedStage[] {
  const stagesOf = shards.map(trainingStages);
  const lossAt = shards[0].forward.length - 1;
  const rowsOf = (at: number) => exchange?.rows[at] ?? [];
  return stagesOf[0].map(({ batchCalls }, at, all) => ({
    name: at < lossAt ? 'forward' : at === lossAt ? 'forward and backward' : 'backward',
    isFirst: at === 0,
    isLast: at === all.length - 1,
    hasLoss: at === lossAt,
    shards: shards.map((plan, i) => ({ plan, ...linkStage(stagesOf[i][at], rowsOf(at), link) })),
    sums: shardSumsOf(batchCalls),
    batchCalls: link(batchCalls),
    rowsGroups: rowsOf(at).map((group) => ({
      plan: group,
      pack: link(group.pack),
      unpack: link(group.unpack),
    })),
  }));
}

function linkStage({ calls }: Stage, groups: readonly RowsGroup[], link: Link) {
  const keptAt = (layers?: ReadonlySet<string>) =>
    calls.findLastIndex(({ keeps, role }) => keeps && (layers?.has(role?.layer ?? '') ?? true)) + 1;
  const ends = groups.length > 0 ? groups.map(({ layers }) => keptAt(layers)) : [keptAt()];
  return {
    parts: ends.map((end, part) => link(calls.slice(ends[part - 1] ?? 0, end))),
    callsAfter: link(calls.slice(ends[ends.length - 1])),
  };
}
