// The shards of a batch share this memory: sums they leave for each other, weights transformed once a
// step, and rows that they keep for gradients made from the whole batch.
import { Allocator } from '../calls/allocator.ts';
import type { BatchContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import { sectionsOf, type Section } from '../calls/sections.ts';
import type { Shard } from '../calls/shards.ts';
import type { KeptSection } from '../calls/whole-batch.ts';
import { shareBatch, type BatchShare, type Ranks } from './batch-share.ts';
import type { FusedLayers } from './fused-layers.ts';
import type { ParameterLayout } from './parameter-layout.ts';
import { preparedBytes, sharedBytes, wholeBatchOf } from './fused-training.ts';

/** An array that a layer keeps: `[section][row][sample]`. */
export interface KeptArray {
  readonly layer: string;
  /** The start of the first section. A rank that shares sections has memory for its own alone. */
  readonly place: Place;
  readonly rows: number;
}

export interface BatchMemory {
  readonly memory: Allocator;
  readonly batchSize: number;
  readonly share: BatchShare;
  readonly sections: readonly Section[];
  /** All arrays that layers keep. */
  readonly kept: readonly KeptArray[];
  /** The arrays that a layer keeps, by its name, each as the rows of every section; none for most. */
  keptBy(layers: FusedLayers): KeptSection[];
  /** The batch as one layer of a shard sees it. */
  contextOf(layer: string, shard: Shard): BatchContext;
}

export function layOutBatch(
  fused: readonly FusedLayers[],
  batchSize: number,
  shards: readonly Shard[],
  layout: Pick<ParameterLayout, 'shardedOffset'>,
  ranks: Ranks,
): BatchMemory {
  const memory = new Allocator('batch');
  const shardCount = shards.length;
  const sections = sectionsOf(shards);
  const rowBytes = rowBytesOf(sections);
  const rows = fused.flatMap(keptRowsOf).reduce((sum, count) => sum + count, 0);
  const sizes = { rowsBytes: rows * rowBytes, gradientBytes: layout.shardedOffset };
  const share = shareBatch(shards, sections, sizes, ranks);
  const own = ownSections(sections, share, ranks);
  const take = (bytes: number) => (bytes > 0 ? [memory.take(bytes)] : []);
  const shared = byLayer(fused, (layers) => take(sharedBytes(layers, shardCount)));
  const prepared = byLayer(fused, (layers) => take(preparedBytes(layers)));
  const kept = byLayer(fused, (layers) =>
    keptRowsOf(layers).map((rows) =>
      after(memory.take(rows * rowBytesOf(own)), -rows * own[0].first * 4),
    ),
  );
  return {
    memory,
    batchSize,
    share,
    sections,
    kept: fused.flatMap((layers) =>
      keptRowsOf(layers).map((rows, which) => {
        const layer = layers.layer.name;
        return { layer, place: placeOf(kept, layer, which), rows };
      }),
    ),
    keptBy(layers) {
      const keeps = keptRowsOf(layers);
      const places = kept.get(layers.layer.name) ?? [];
      return sections.map(({ first, lanes }) => ({
        kept: places.map((place, i) => after(place, keeps[i] * first * 4)),
        rowBytes: lanes * 4,
      }));
    },
    contextOf: (layer, { index }) => ({
      batchSize,
      shardCount,
      section: sectionWith(sections, index),
      shared: () => placeOf(shared, layer, 0),
      prepared: () => placeOf(prepared, layer, 0),
      kept: (which) => placeOf(kept, layer, which),
    }),
  };
}

function rowBytesOf(sections: readonly Section[]): number {
  return sections.reduce((sum, { lanes }) => sum + lanes, 0) * 4;
}

/** The sections whose rows are here: all, unless ranks share them. */
function ownSections(
  sections: readonly Section[],
  { sectionStarts: starts }: BatchShare,
  { rank }: Ranks,
): readonly Section[] {
  return starts ? sections.slice(starts[rank], starts[rank + 1]) : sections;
}

function keptRowsOf(layers: FusedLayers): readonly number[] {
  return wholeBatchOf(layers)?.keeps ?? [];
}

function sectionWith(sections: readonly Section[], shard: number): Section {
  return sections.find(({ endShard }) => shard < endShard) ?? sections[0];
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
