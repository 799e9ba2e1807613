// The bytes that cross between ranks in a step, by the sizes of a model and of a batch alone: for any number of
// ranks, and for batches too large to be planned here. An exchange that counts sees the same.
import { highest } from '@convbook/core';
import {
  shareBatch,
  startsOf,
  trainingStages,
  type BatchShare,
  type Section,
  type Shard,
} from '@convbook/layers/plan';
import { groupKeptByStage } from '../../engine/exchange/batch-exchange.ts';
import { crossesWhole, nodesByRank, rangeStartsOf } from '../../engine/exchange/node-exchange.ts';
import { shardSumsOf } from '../../engine/exchange/shard-sums.ts';
import { lanesByRank, sharedBytes, type MadeFromRows } from '../../engine/exchange/shared-items.ts';
import type { TrainingPlan } from '../../engine/training-plan.ts';
import { sum } from '../run-slices.ts';

/** The parts of a model's training that cross, in bytes. */
export interface StepSizes {
  /** Gradients that are made from the whole batch. */
  readonly wholeBytes: number;
  /** The items of these, which ranks may make for each other. */
  readonly wholeItems: readonly MadeFromRows[];
  /** Gradients that are made shard by shard. */
  readonly shardedBytes: number;
  /** Rows that the whole-batch gradients are made from, a lane, by the groups in which they cross. */
  readonly rowBytes: readonly number[];
  /** Sums of a shard for each layer that waits for the whole batch, in both directions. */
  readonly sumBytes: readonly number[];
}

/** The shards of a batch, and the sections that they make up. */
export interface CutBatch {
  readonly shards: readonly Shard[];
  readonly sections: readonly Section[];
}

/** How ranks get the gradients that are made from the whole batch. */
export type Way = 'alone' | 'rows' | 'sections';

/** A batch as ranks share it. */
export interface SharedBatch extends Pick<BatchShare, 'shardStarts' | 'sectionStarts'> {
  readonly way: Way;
}

/** A collective call of a step. */
export interface SizedCrossing {
  readonly what: 'sums' | 'results' | 'pause' | 'rows' | 'nodes' | 'ranges' | 'shared';
  /** Bytes that each rank gives to others. */
  readonly given: readonly number[];
  /** The most bytes that a rank receives. */
  readonly received: number;
}

/** Loss and correct answers of a shard, and a rank's wish to pause. */
const resultBytes = [8, 4];
const pauseBytes = 4;

export function sizesOf({ layout, full }: TrainingPlan): StepSizes {
  const stages = trainingStages(full.shards[0]);
  const groups = groupKeptByStage(full).flat();
  return {
    wholeBytes: layout.shardedOffset,
    wholeItems: full.gradientItems
      .slice(0, full.wholeBatchItems)
      .map(({ parameter, gradient }) => ({ parameter, gradient })),
    shardedBytes: layout.shardedBytes,
    rowBytes: groups.map((group) => 4 * sum(group.map(({ rows }) => rows))),
    sumBytes: stages.flatMap(({ batchCalls }) =>
      shardSumsOf(batchCalls).map(({ stride }) => stride),
    ),
  };
}

/** The batch as the engine shares it out. */
export function shareOut(sizes: StepSizes, batch: CutBatch, ranks: number): SharedBatch {
  const { shards, sections } = batch;
  const rowsBytes = sum(lanesOf(shards)) * sum(sizes.rowBytes);
  const bytes = { rowsBytes, gradientBytes: sizes.wholeBytes };
  const { shardStarts, sectionStarts } = shareBatch(shards, sections, bytes, { rank: 0, ranks });
  const way = ranks === 1 ? 'alone' : sectionStarts ? 'sections' : 'rows';
  return { way, shardStarts, sectionStarts };
}

/** The calls of a step: each kind in its order. */
export function crossingsOf(sizes: StepSizes, batch: CutBatch, ranks: number): SizedCrossing[] {
  if (ranks === 1) return [];
  const { shardStarts, sectionStarts } = shareOut(sizes, batch, ranks);
  const shards = sharesOf(shardStarts);
  const ownLanes = lanesByRank(batch.shards, shardStarts);
  const eachOf = (what: SizedCrossing['what'], counts: readonly number[], bytes: number) =>
    gathered(
      what,
      counts.map((count) => count * bytes),
    );
  const whole = sectionStarts
    ? reduced(sizes.wholeBytes, sectionStarts)
    : sizes.rowBytes.map((bytes) => eachOf('rows', ownLanes, bytes));
  return [
    ...sizes.sumBytes.map((bytes) => eachOf('sums', shards, bytes)),
    ...resultBytes.map((bytes) => eachOf('results', shards, bytes)),
    ...whole,
    ...summed(sizes.shardedBytes, shardStarts),
    ...(sectionStarts ? [] : madeForAll(sizes, batch, ownLanes)),
    eachOf('pause', sharesOf(startsOf(ranks, ranks)), pauseBytes),
  ];
}

/** All ranks get what each has. */
function gathered(what: SizedCrossing['what'], own: readonly number[]): SizedCrossing {
  const total = sum(own);
  return {
    what,
    given: own.map((bytes) => bytes * (own.length - 1)),
    received: highest(own.map((bytes) => total - bytes)),
  };
}

/** Small sums cross whole. */
function summed(bytes: number, leafStarts: readonly number[]): SizedCrossing[] {
  if (bytes === 0) return [];
  if (!crossesWhole({ leafStarts, bytes })) return reduced(bytes, leafStarts);
  return [
    gathered(
      'nodes',
      nodesByRank(leafStarts).map(({ length }) => length * bytes),
    ),
  ];
}

/** Gradients that each rank makes from rows for all. */
function madeForAll(
  { wholeItems }: StepSizes,
  { shards }: CutBatch,
  lanes: readonly number[],
): SizedCrossing[] {
  const given = sharedBytes(wholeItems, sum(shards.map(({ count }) => count)), lanes);
  return sum(given) > 0 ? [gathered('shared', given)] : [];
}

/** Gradients that ranks sum: their nodes go to the ranks that own the ranges, the ranges to all. */
function reduced(bytes: number, leafStarts: readonly number[]): SizedCrossing[] {
  if (bytes === 0) return [];
  const ranges = sharesOf(rangeStartsOf(bytes, leafStarts.length - 1));
  const nodes = nodesByRank(leafStarts).map(({ length }) => length);
  const rounds = Array.from({ length: highest(nodes) }, (_, round) => {
    const has = nodes.map((count) => count > round);
    const owners = has.filter(Boolean).length;
    return {
      what: 'nodes' as const,
      given: ranges.map((range, r) => (has[r] ? bytes - range : 0)),
      received: highest(ranges.map((range, r) => range * (has[r] ? owners - 1 : owners))),
    };
  });
  return [...rounds, gathered('ranges', ranges)];
}

function lanesOf(shards: readonly Shard[]): number[] {
  return shards.map(({ lanes }) => lanes);
}

/** How many each rank has. */
function sharesOf(starts: readonly number[]): number[] {
  return starts.slice(1).map((end, r) => end - starts[r]);
}
