// Gradients as ranks share them: each sums its own leaves to nodes of the tree, is given its range of all
// nodes, adds them, and gives the range to all.
import { runCalls } from '@convbook/layers/plan';
import type { LinkedBatch } from '../linked-batch.ts';
import { withOwnRows } from './early-items.ts';
import { endingWith, type Phase } from './phase.ts';
import type { PhaseContext } from './phase-context.ts';

/** No phases for a single rank, nor where all gradients are made from rows of the whole batch. */
export function createNodePhases(
  { crossings, kept }: PhaseContext,
  { exchange, plan: { ownShards } }: LinkedBatch,
): Phase[] {
  if (exchange === null || exchange.plan.nodes.length === 0) return [];
  const { plan, nodeItems, rangeItems } = exchange;
  const nothing = () => undefined;
  return [
    {
      name: 'sum over shards',
      items: nodeItems.length,
      early: withOwnRows(kept, ownShards, plan.earlyItems),
      admitsEarly: true,
      run: (item) => runCalls(nodeItems[item]),
      ...endingWith(plan.nodes.flatMap(crossings.nodes), nothing),
    },
    {
      name: 'sum over shards',
      items: rangeItems.length,
      early: null,
      admitsEarly: true,
      run: (item) => runCalls(rangeItems[item]),
      ...endingWith(plan.nodes.map(crossings.ranges), nothing),
    },
  ];
}
