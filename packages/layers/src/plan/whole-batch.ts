// Layers whose activations are small beside their weights make the weights' gradient from the whole
// batch, in the phase after all shards: no shard has a copy of it that must be summed.
import type { ResolvedLayer } from '../model.ts';
import type { ConstantTables } from './allocator.ts';
import type { GradientItem } from './gradient-item.ts';
import type { Place } from './place.ts';

export interface WholeBatchKind {
  /** Whether it does for a layer with what its group has behind it; their shapes alone decide. */
  serves(group: readonly ResolvedLayer[]): boolean;
  plan(context: WholeBatchContext): GradientItem[];
}

export interface WholeBatchContext {
  readonly layer: ResolvedLayer;
  readonly batchSize: number;
  /** What the kernels take: where the batch is kept, the table of its shards, how many they are. */
  readonly shards: readonly [base: Place, table: Place, count: number];
  readonly tables: ConstantTables;
  gradient(shortName: string): Place;
}
