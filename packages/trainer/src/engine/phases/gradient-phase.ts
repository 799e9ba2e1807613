import { runCalls } from '@convbook/layers/plan';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { writeNorm } from '../batch-numbers.ts';
import { createSharing } from '../exchange/sharing.ts';
import type { LinkedBatch } from '../linked-batch.ts';
import { treeSum } from '../tree-sum.ts';
import { groupOf, withGroups, withOwnRows } from './early-items.ts';
import { endingWith, type Phase } from './phase.ts';
import { runningStep, type PhaseContext } from './phase-context.ts';

/** Sums gradients over shards, or makes them from the whole batch; an item is part of a parameter. */
export function createGradientPhase(context: PhaseContext, linked: LinkedBatch): Phase {
  const { state, view, bases } = context;
  const { squares } = state.statistics;
  const { gradientItems } = linked;
  const shared = linked.exchange?.shared ?? null;
  const sharing = shared && createSharing(context, shared);
  const { order, early } = orderItems(context, linked);
  return {
    name: 'sum over shards',
    items: order.length,
    early,
    run(index) {
      const item = order[index];
      runCalls(gradientItems[item]);
      squares[item] = view.getFloat64(bases.arena, true);
      sharing?.give(item);
    },
    ...endingWith(sharing ? [sharing] : [], () => endGradients(context, linked)),
  };
}

/** This rank's items: first those that are made from rows, in the order in which these come. */
function orderItems({ kept, exchange }: PhaseContext, linked: LinkedBatch) {
  const { plan, gradientItems } = linked;
  const own = linked.exchange?.shared?.plan.own ?? gradientItems.map((_, item) => item);
  if (exchange.ranks === 1) {
    return { order: own, early: withOwnRows(kept, plan.ownShards, plan.wholeBatchItems) };
  }
  const fromRows = own
    .filter((item) => item < plan.wholeBatchItems)
    .map((item) => ({ item, group: groupOf(linked, item) }))
    .sort((a, b) => a.group - b.group);
  const groups = fromRows.map(({ group }) => group);
  const rest = own.filter((item) => item >= plan.wholeBatchItems);
  return {
    order: [...fromRows.map(({ item }) => item), ...rest],
    early: withGroups(kept, groups),
  };
}

/** Adds up the gradient's norm and advances the optimizer's numbers, unless the norm is not finite. */
function endGradients(context: PhaseContext, { plan, gradientItems }: LinkedBatch): void {
  const { state, position, kept, meter, running } = context;
  const { statistics } = state;
  const { optimizer, clipNorm } = state.plan.configuration;
  kept.reset();
  const norm = Math.sqrt(treeSum(statistics.squares, gradientItems.length));
  writeNorm(statistics.batches, running.batch, norm);
  const step = runningStep(context);
  if (meter.isSampled(step)) meter.endGradients(step, plan);
  statistics.gradientScale[0] = clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1;
  if (!Number.isFinite(norm)) position.halt('gradient not finite');
  else optimizerKinds[optimizer.name].advance(optimizer, statistics.optimizer);
}
