// The shards of a batch share this memory: sums they leave for each other, weights transformed once a
// step, and rows that they keep for gradients made from the whole batch.
import { Allocator } from '../calls/allocator.ts';
import type { BatchContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { Shard } from '../calls/shards.ts';
import type { FusedLayers } from './fused-layers.ts';
import { preparedBytes, sharedBytes, wholeBatchOf } from './fused-training.ts';

export interface BatchMemory {
  readonly memory: Allocator;
  readonly batchSize: number;
  /** Bytes of a row of kept arrays: all samples of the batch. */
  readonly rowBytes: number;
  /** The arrays that a layer keeps, by its name; none for most. */
  keptBy(layer: string): readonly Place[];
  /** The batch as one layer sees it. */
  contextOf(layer: string): BatchContext;
}

export function layOutBatch(
  fused: readonly FusedLayers[],
  batchSize: number,
  shards: readonly Shard[],
): BatchMemory {
  const memory = new Allocator('batch');
  const shardCount = shards.length;
  const rowBytes = shards.reduce((sum, { lanes }) => sum + lanes, 0) * 4;
  const take = (bytes: number) => (bytes > 0 ? [memory.take(bytes)] : []);
  const shared = byLayer(fused, (layers) => take(sharedBytes(layers, shardCount)));
  const prepared = byLayer(fused, (layers) => take(preparedBytes(layers)));
  const kept = byLayer(fused, (layers) =>
    (wholeBatchOf(layers)?.keeps ?? []).map((rows) => memory.take(rows * rowBytes)),
  );
  return {
    memory,
    batchSize,
    rowBytes,
    keptBy: (layer) => kept.get(layer) ?? [],
    contextOf: (layer) => ({
      batchSize,
      shardCount,
      rowBytes,
      shared: () => placeOf(shared, layer, 0),
      prepared: () => placeOf(prepared, layer, 0),
      kept: (which) => placeOf(kept, layer, which),
    }),
  };
}

type PlacesByLayer = ReadonlyMap<string, readonly Place[]>;

function byLayer(
  fused: readonly FusedLayers[],
  take: (layers: FusedLayers) => Place[],
): PlacesByLayer {
  return new Map(fused.map((layers) => [layers.layer.name, take(layers)]));
}

function placeOf(places: PlacesByLayer, layer: string, which: number): Place {
  const place = places.get(layer)?.[which];
  if (!place)
    throw new Error(`${layer}: its plan uses memory of the batch that it did not request`);
  return place;
}
