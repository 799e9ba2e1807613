// Crossings that workers start while others still go backward.
import { addressOf, runCalls, type LinkedCall, type RegionBases } from '@convbook/layers/plan';
import { createGroups } from '../control/groups.ts';
import type { SharedState } from '../shared-state.ts';
import type { Exchange, Ticket } from './exchange.ts';
import type { RowsGroup } from './rows-exchange.ts';

/** A group with the addresses of one worker. */
export interface LinkedRowsGroup {
  readonly plan: RowsGroup;
  readonly pack: readonly LinkedCall[];
  readonly unpack: readonly LinkedCall[];
}

/** The crossings of a stage's rows, as one worker starts them. */
export interface RowCrossings {
  /** One of this rank's shards has kept the rows of a group: the last starts the crossing. */
  keep(group: number): void;
  /** By the elected worker: starts the groups that no shard has, where this rank has no shards. */
  startRest(): void;
  /** Those of all groups that this worker started. */
  tickets(): readonly Ticket[];
  /** Once these are complete: puts the rows where gradients are made from them. */
  settle(): void;
  /** By the elected worker, after all have settled. */
  reset(): void;
}

export function createRowCrossings(
  { control, memory }: SharedState,
  bases: RegionBases,
  exchange: Exchange,
  all: readonly LinkedRowsGroup[],
  shards: number,
): RowCrossings {
  const groups = createGroups(control);
  let open: { readonly ticket: Ticket; readonly unpack: readonly LinkedCall[] }[] = [];
  const start = (group: number) => {
    const { plan, pack, unpack } = all[group];
    const at = addressOf(plan.packed, bases);
    const packed = new Uint8Array(memory.buffer, at, plan.starts[exchange.ranks]);
    groups.startInOrder(group, () => {
      runCalls(pack);
      open.push({ ticket: exchange.startGather(packed, plan.starts), unpack });
    });
  };
  return {
    keep(group) {
      if (groups.add(group, shards)) start(group);
    },
    startRest() {
      for (let group = groups.started(); group < all.length; group++) start(group);
    },
    tickets: () => open.map(({ ticket }) => ticket),
    settle() {
      for (const { unpack } of open) runCalls(unpack);
      open = [];
    },
    reset: groups.reset,
  };
}
