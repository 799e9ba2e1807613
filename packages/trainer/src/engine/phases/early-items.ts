// Gradients that need not wait for the end of the shards: they are made once the rows they read are there.
import { layerOf } from '@convbook/layers/plan';
import type { Kept } from '../control/kept.ts';
import type { LinkedBatch } from '../linked-batch.ts';
import type { EarlyItems } from './phase.ts';

/** So many items that read the rows of all shards of this rank; null where there are none. */
export function withOwnRows(kept: Kept, shards: number, count: number): EarlyItems | null {
  if (count === 0) return null;
  return {
    count,
    isReady: () => kept.hasAll(shards),
    waitFor: (_, looks) => kept.waitForAll(shards, looks),
  };
}

/** Items that read the rows of all ranks, which come in groups of layers: one for each of `groups`; null where there are none. */
export function withGroups(kept: Kept, groups: readonly number[]): EarlyItems | null {
  if (groups.length === 0) return null;
  return {
    count: groups.length,
    isReady: (item) => groups[item] === cameBefore || kept.hasGroup(groups[item]),
    waitFor: (item, looks) => kept.waitForGroup(groups[item], looks),
  };
}

/** In place of a group: the rows crossed in an earlier stage of the shards. */
const cameBefore = -1;

/** The group of the last stage with which the rows of a gradient item cross. */
export function groupOf({ plan, stages }: LinkedBatch, item: number): number {
  const layer = layerOf(plan.gradientItems[item].parameter);
  const { rowsGroups } = stages[stages.length - 1];
  return rowsGroups.findIndex((group) => group.plan.layers.has(layer));
}
