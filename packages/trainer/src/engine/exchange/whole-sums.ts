import { addressOf, runCalls } from '@convbook/layers/plan';
import type { LinkedBatch } from '../linked-batch.ts';
import type { PhaseContext } from '../phases/phase-context.ts';
import type { Crossing } from './crossing.ts';

/** The crossings of sums that are so small that every rank is given all nodes; for a single rank none. */
export function createWholeSums(
  { bases, bytes, exchange }: PhaseContext,
  linked: LinkedBatch,
): Crossing[] {
  const sums = linked.exchange?.wholeSums ?? [];
  return sums.map(({ plan: { gathered, starts }, before, after }) => {
    const at = addressOf(gathered, bases);
    const nodes = bytes.subarray(at, at + starts[exchange.ranks]);
    return {
      start() {
        runCalls(before);
        return exchange.startGather(nodes, starts);
      },
      finish: () => runCalls(after),
    };
  });
}
