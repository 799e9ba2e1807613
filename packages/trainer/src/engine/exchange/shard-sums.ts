import type { Call, Place } from '@convbook/layers/plan';

/** Sums that each shard left for a layer, one after the other. */
export interface ShardSums {
  readonly place: Place;
  /** Bytes from a shard's to the next one's. */
  readonly stride: number;
  readonly shards: number;
}

/** The sums that the calls at the end of a stage read, found by the names of the kernels' parameters. */
export function shardSumsOf(batchCalls: readonly Call[]): ShardSums[] {
  return batchCalls.flatMap(({ values: { sums, shardStride, shards } }) =>
    isPlace(sums) && typeof shardStride === 'number' && typeof shards === 'number'
      ? [{ place: sums, stride: shardStride, shards }]
      : [],
  );
}

function isPlace(value: Call['values'][string] | undefined): value is Place {
  return typeof value === 'object' && value !== null;
}
