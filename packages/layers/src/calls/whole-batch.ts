// Layers with many weights and small activations compute the weights' gradient from the whole batch, in
// the phase after all shards: there are no gradients of shards to sum. Each shard copies the values that
// it needs into rows that hold all samples of the batch.
import type { Allocator } from './allocator.ts';
import { call, type Call, type KeptRows } from './call.ts';
import type { ConstantTables } from './constant-tables.ts';
import type { TrainingContext } from './contexts.ts';
import type { GradientItem } from './gradient-item.ts';
import { after, type Place } from './place.ts';

/** How the gradients of one layer are computed from the whole batch. */
export interface WholeBatchGradient {
  /** Rows of each array that is kept; the layer's `weightGradient` calls fill them (`keepRows`). */
  readonly keeps: readonly number[];
  plan(context: WholeBatchContext): GradientItem[];
}

export interface WholeBatchContext {
  readonly batchSize: number;
  /** The arrays in the order of `keeps`. */
  readonly kept: readonly Place[];
  /** Bytes of a row: all samples of the batch, shard after shard. */
  readonly rowBytes: number;
  readonly tables: ConstantTables;
  /** Scratch of an item. */
  readonly arena: Allocator;
  gradient(shortName: string): Place;
}

/** Rows of a shard as they lie in its own memory: planes of rows, all of the shard's lanes. */
export interface ShardRows {
  readonly from: Place;
  readonly rows: number;
  /** Default 1 plane. */
  readonly planes?: number;
  /** Bytes from a plane to the next. */
  readonly planeBytes?: number;
}

/** Copies a shard's samples to their place in kept array `which`. */
export function keepRows(
  context: Pick<TrainingContext, 'batch' | 'shard'>,
  which: number,
  { from, planeBytes = 0, ...sizes }: ShardRows,
): Call {
  const keeps = keptRows(context, which, sizes);
  const copy = call('copyPlanes', {
    from,
    fromPlane: planeBytes,
    fromRow: keeps.rowBytes,
    ...keeps,
  });
  return { ...copy, keeps };
}

/** Where a shard's samples are in kept array `which`. */
export function keptRows(
  { batch, shard }: Pick<TrainingContext, 'batch' | 'shard'>,
  which: number,
  { rows, planes = 1 }: Pick<ShardRows, 'rows' | 'planes'>,
): KeptRows {
  return {
    to: after(batch.kept(which), shard.first * 4),
    toPlane: rows * batch.rowBytes,
    toRow: batch.rowBytes,
    planes,
    rows,
    rowBytes: shard.lanes * 4,
  };
}
