// Crossings that workers start while others still go backward.
import { addressOf, runCalls } from '@convbook/layers/plan';
import { createGroups } from '../control/groups.ts';
import type { LinkedStage } from '../linked-batch.ts';
import type { PhaseContext } from '../phases/phase-context.ts';
import type { StartedEarly } from '../phases/phase.ts';
import type { Ticket } from './exchange.ts';

/** The crossings of a stage's rows, as one worker starts them. */
export interface RowCrossings extends StartedEarly {
  /** One of this rank's shards has kept the rows of a group: the last starts the crossing. */
  keep(group: number): void;
  /** By the elected worker: starts the groups that no shard has, where this rank has no shards. */
  startRest(): void;
  /** Those of all groups that this worker started and has not settled. */
  tickets(): readonly Ticket[];
  /** By the elected worker, after all groups have started. */
  reset(): void;
}

/** A crossing that has begun. */
interface OpenGroup {
  readonly group: number;
  readonly ticket: Ticket;
}

/** `shards` are those of this rank. */
export function createRowCrossings(
  { state: { control, memory }, bases, exchange, kept }: PhaseContext,
  { rowsGroups: all, isLast }: LinkedStage,
  shards: number,
): RowCrossings {
  const groups = createGroups(control);
  const open: OpenGroup[] = [];
  const start = (group: number) => {
    const { plan, pack } = all[group];
    const at = addressOf(plan.packed, bases);
    const packed = new Uint8Array(memory.buffer, at, plan.starts[exchange.ranks]);
    groups.startInOrder(group, () => {
      runCalls(pack);
      open.push({ group, ticket: exchange.startGather(packed, plan.starts) });
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
    oldest: () => open[0]?.ticket,
    settleOldest() {
      const settled = open.shift();
      if (!settled) return;
      runCalls(all[settled.group].unpack);
      // Those of earlier stages are there before gradients are made.
      if (isLast) kept.addGroup(settled.group);
    },
    reset: groups.reset,
  };
}
