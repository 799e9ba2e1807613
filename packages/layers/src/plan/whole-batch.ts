// Layers whose activations are small beside their weights make the weights' gradient from the whole
// batch, in the phase after all shards: no shard has a copy of it that must be summed. Each shard
// copies what that needs into rows that hold all samples of the batch.
import type { ResolvedLayer } from '../model.ts';
import type { Allocator, ConstantTables } from './allocator.ts';
import { call, type Call } from './call.ts';
import { filterTile } from './conv-geometry.ts';
import type { GradientItem } from './gradient-item.ts';
import type { BatchContext, GroupContext } from './group-plan.ts';
import { after, type Place } from './place.ts';

export interface WholeBatchKind {
  /** Whether it does for a layer and the layers fused with it; their shapes alone decide. */
  serves(group: readonly ResolvedLayer[]): boolean;
  /** What is kept: rows of each array. The group's backward calls fill them (`keepRows`). */
  keeps(layer: ResolvedLayer): readonly number[];
  plan(context: WholeBatchContext): GradientItem[];
}

export interface WholeBatchContext {
  readonly layer: ResolvedLayer;
  readonly batchSize: number;
  /** The arrays in the order of `keeps`. */
  readonly kept: readonly Place[];
  /** Of a row: all samples of the batch, shard after shard. */
  readonly rowBytes: number;
  readonly tables: ConstantTables;
  /** Scratch of an item. */
  readonly arena: Allocator;
  gradient(shortName: string): Place;
}

const mostItems = 16;

/** `[from, to)` parts of the filters: an item each, of whole tiles of the kernels. */
export function filterParts(filters: number): [from: number, to: number][] {
  const step = Math.ceil(filters / mostItems / filterTile) * filterTile;
  return Array.from({ length: Math.ceil(filters / step) }, (_, item) => [
    item * step,
    Math.min(filters, (item + 1) * step),
  ]);
}

/** Copies a shard's samples of `planes` times `rows` rows to where array `which` has them. */
export function keepRows(
  { batch, layers, shard, lanes }: GroupContext,
  which: number,
  from: Place,
  rows: number,
  planes = 1,
  plane = 0,
): Call {
  const { kept, rowBytes } = batch as BatchContext;
  const [{ name }] = layers;
  const to = after((kept.get(name) as readonly Place[])[which], shard.first * 4);
  const own = lanes * 4;
  return {
    ...call('copyPlanes', {
      to,
      toPlane: rows * rowBytes,
      toRow: rowBytes,
      from,
      fromPlane: plane,
      fromRow: own,
      planes,
      rows,
      rowBytes: own,
    }),
    role: { layer: name, direction: 'weight gradient' },
    keeps: true,
  };
}
