// Layers whose activations are small beside their weights make the weights' gradient from the whole
// batch, in the phase after all shards: no shard has a copy of it that must be summed. Each shard
// copies what that needs into rows that hold all samples of the batch.
import type { ResolvedLayer } from '../model.ts';
import type { ConstantTables } from './allocator.ts';
import type { GradientItem } from './gradient-item.ts';
import type { BatchContext, GroupContext } from './group-plan.ts';
import { after, call, type Call, type Place } from './place.ts';

export interface WholeBatchKind {
  /** Whether it does for a layer with what its group has behind it; their shapes alone decide. */
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
  /** Of a row: all samples of the batch, shard behind shard. */
  readonly rowBytes: number;
  readonly tables: ConstantTables;
  gradient(shortName: string): Place;
}

/** Copies rows of a shard's samples to where array `which` has them. */
export function keepRows(
  { batch, layers, shard, lanes }: GroupContext,
  which: number,
  rows: Place,
  count: number,
): Call {
  const { kept, rowBytes } = batch as BatchContext;
  const place = (kept.get(layers[0].name) as readonly Place[])[which];
  return call('copyRows', after(place, shard.first * 4), rowBytes, rows, lanes * 4, count);
}
