// The crossings at the end of each phase, made once for each batch plan: views of the memory and where
// each rank's part of them begins.
import {
  addressOf,
  startsOf,
  type BatchPlan,
  type Place,
  type RegionBases,
} from '@convbook/layers/plan';
import { setNamed, type EvaluatedName } from '../evaluated-sets.ts';
import type { SharedState } from '../shared-state.ts';
import { gatherInPlace, type Crossing } from './crossing.ts';
import type { Exchange } from './exchange.ts';
import type { NodeExchange } from './node-exchange.ts';
import type { ShardSums } from './shard-sums.ts';

export interface Crossings {
  /** After a stage that a layer waits for: the sums that each shard left. */
  sums(sums: readonly ShardSums[], batch: BatchPlan): Crossing[];
  /** After the loss: loss and correct answers of each shard. */
  results(batch: BatchPlan): Crossing[];
  /** The sums of this rank's nodes, to the ranks that own their ranges. */
  nodes(sums: NodeExchange): Crossing[];
  /** The sums of the ranges, to all. */
  ranges(sums: NodeExchange): Crossing;
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
  const bytesFrom = (place: Place, size: number) => {
    const at = addressOf(place, bases);
    return bytes.subarray(at, at + size);
  };
  /** Where the items of each rank begin in an array that has so many bytes an item. */
  const inBytes = (starts: readonly number[], size: number) => starts.map((first) => first * size);
  return {
    sums: (sums, { shardStarts }) =>
      sums.map(({ place, stride, shards }) => {
        const at = addressOf(place, bases);
        return gather(bytes.subarray(at, at + shards * stride), inBytes(shardStarts, stride));
      }),
    results: ({ shardStarts }) => [
      gather(statistics.losses, inBytes(shardStarts, 8)),
      gather(statistics.correct, inBytes(shardStarts, 4)),
    ],
    nodes: ({ scatters }) =>
      scatters.map(({ from, fromStarts, to, toStarts }) => ({
        start: () =>
          exchange.startScatter(
            from ? bytesFrom(from, fromStarts[ranks]) : bytes.subarray(0, 0),
            fromStarts,
            bytesFrom(to, toStarts[ranks]),
            toStarts,
          ),
        finish() {},
      })),
    ranges: ({ sum, rangeStarts }) => gather(bytesFrom(sum, rangeStarts[ranks]), rangeStarts),
    evaluation(set) {
      const { losses, correct, logits } = setNamed(evaluated, set);
      const { items } = setNamed(plan.evaluation, set);
      const shardBytes = plan.configuration.evaluationShardSize * plan.model.output[0] * 4;
      const itemStarts = startsOf(items, ranks);
      const logitStarts = inBytes(itemStarts, shardBytes);
      return [
        gather(losses, inBytes(itemStarts, 8)),
        gather(correct, inBytes(itemStarts, 4)),
        gather(
          logits,
          logitStarts.map((start) => Math.min(start, logits.byteLength)),
        ),
      ];
    },
  };
}
