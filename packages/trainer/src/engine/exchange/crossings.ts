// The crossings at the end of each phase, made once for each batch plan: views of the memory and where
// each rank's part of them begins.
import { addressOf, type BatchPlan, type RegionBases } from '@convbook/layers/plan';
import { setNamed, type EvaluatedName } from '../evaluated-sets.ts';
import type { SharedState } from '../shared-state.ts';
import { gatherInPlace, type Crossing } from './crossing.ts';
import { startsOf, type Exchange } from './exchange.ts';
import { crossKeptRows } from './kept-rows.ts';
import type { ShardSums } from './shard-sums.ts';

export interface Crossings {
  /** After a stage that a layer waits for: the sums that each shard left. */
  sums(sums: readonly ShardSums[]): Crossing[];
  /** After the loss: loss and correct answers of each shard. */
  results(batch: BatchPlan): Crossing[];
  /** After the last stage: gradients made shard by shard, rows that others are made from. */
  gradients(batch: BatchPlan): Crossing[];
  /** Losses, correct answers and logits of a set. */
  evaluation(set: EvaluatedName): Crossing[];
}

export function createCrossings(
  state: SharedState,
  bases: RegionBases,
  exchange: Exchange,
): Crossings {
  const { memory, plan, statistics, evaluated } = state;
  const { ranks } = exchange;
  const bytes = new Uint8Array(memory.buffer);
  const gather = (values: ArrayBufferView, starts: readonly number[]) =>
    gatherInPlace(exchange, values, starts);
  /** Where the items of each rank begin in an array that has so many bytes an item. */
  const inBytes = (items: number, size: number) =>
    startsOf(items, ranks).map((first) => first * size);
  return {
    sums: (sums) =>
      sums.map(({ place, stride, shards }) => {
        const at = addressOf(place, bases);
        return gather(bytes.subarray(at, at + shards * stride), inBytes(shards, stride));
      }),
    results: ({ shards }) => [
      gather(statistics.losses, inBytes(shards.length, 8)),
      gather(statistics.correct, inBytes(shards.length, 4)),
    ],
    gradients({ shards }) {
      const { shardedOffset, shardedBytes } = plan.layout;
      const at = bases.gradients + shardedOffset;
      const copies = bytes.subarray(at, at + shards.length * shardedBytes);
      const rows = crossKeptRows(exchange, bytes, shards, bases);
      return [gather(copies, inBytes(shards.length, shardedBytes)), ...(rows ? [rows] : [])];
    },
    evaluation(set) {
      const { losses, correct, logits } = setNamed(evaluated, set);
      const { items } = setNamed(plan.evaluation, set);
      const shardBytes = plan.configuration.evaluationShardSize * plan.model.output[0] * 4;
      const logitStarts = inBytes(items, shardBytes);
      return [
        gather(losses, inBytes(items, 8)),
        gather(correct, inBytes(items, 4)),
        gather(
          logits,
          logitStarts.map((start) => Math.min(start, logits.byteLength)),
        ),
      ];
    },
  };
}
