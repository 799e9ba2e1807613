// Layers with many weights and small activations compute the weights' gradient from the whole batch, in
// the phase after all shards: there are no gradients of shards to sum. Each shard copies the values that
// it needs into rows that hold all samples of its section of the batch.
import type { Allocator } from './allocator.ts';
import { call, type Call, type KeptRows } from './call.ts';
import type { ConstantTables } from './constant-tables.ts';
import type { TrainingContext } from './contexts.ts';
import type { GradientPart } from './gradient-item.ts';
import { after, type Place } from './place.ts';

/** How the gradients of one layer are computed from the whole batch. */
export interface WholeBatchGradient {
  /** Rows of each array that is kept; the layer's `weightGradient` calls fill them (`keepRows`). */
  readonly keeps: readonly number[];
  plan(context: WholeBatchContext): WholeBatchPart[];
}

export interface WholeBatchContext {
  readonly tables: ConstantTables;
  /** Scratch of an item. */
  readonly arena: Allocator;
  gradient(shortName: string): Place;
}

/** The gradient of a parameter, or of a part of it, as sums over samples that lie side by side. */
export interface WholeBatchPart {
  /** Short name of the parameter. */
  readonly parameter: string;
  /** Where the gradient comes to lie. */
  readonly gradient: GradientPart;
  /** Makes the sum over the samples of a section, divided by `divisor`, where `to` says: as many rows and columns. */
  sum(section: KeptSection, to: GradientPart, divisor: number): Call[];
}

/** What the shards of one section keep for a layer. */
export interface KeptSection {
  /** The arrays in the order of `keeps`. */
  readonly kept: readonly Place[];
  /** Bytes of a row: all samples of the section, shard after shard. */
  readonly rowBytes: number;
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
  const { section } = batch;
  const start = planes * rows * section.first + (shard.first - section.first);
  const toRow = section.lanes * 4;
  return {
    to: after(batch.kept(which), start * 4),
    toPlane: rows * toRow,
    toRow,
    planes,
    rows,
    rowBytes: shard.lanes * 4,
  };
}
