import { addressOf, runCalls } from '@convbook/layers/plan';
import type { LinkedSharedItems } from '../linked-batch.ts';
import type { PhaseContext } from '../phases/phase-context.ts';
import type { Crossing } from './crossing.ts';

/** How ranks give each other the gradients that each made for all. */
export interface Sharing extends Crossing {
  /** An item of this rank was made: what others need of it is put where it crosses. */
  give(item: number): void;
}

export function createSharing(
  { state, bases, bytes, view, exchange }: PhaseContext,
  { plan, pack, unpack }: LinkedSharedItems,
): Sharing {
  const { squares } = state.statistics;
  const headOf = new Map(plan.all.map((shared) => [shared.item, addressOf(shared.squares, bases)]));
  const others = plan.all.filter(({ item }) => !pack.has(item));
  const at = addressOf(plan.packed, bases);
  const packed = bytes.subarray(at, at + plan.starts[exchange.ranks]);
  return {
    give(item) {
      const head = headOf.get(item);
      const calls = pack.get(item);
      if (head === undefined || calls === undefined) return;
      view.setFloat64(head, squares[item], true);
      runCalls(calls);
    },
    start: () => exchange.startGather(packed, plan.starts),
    finish() {
      runCalls(unpack);
      for (const { item, squares: place } of others) {
        squares[item] = view.getFloat64(addressOf(place, bases), true);
      }
    },
  };
}
