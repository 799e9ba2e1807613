import { runCalls } from '@convbook/layers/plan';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { writeNorm } from '../batch-numbers.ts';
import { createSharing } from '../exchange/sharing.ts';
import type { LinkedBatch } from '../linked-batch.ts';
import { treeSum } from '../tree-sum.ts';
import { endingWith, type Phase } from './phase.ts';
import { runningStep, type PhaseContext } from './phase-context.ts';

/** Sums gradients over shards, or makes them from the whole batch; an item is part of a parameter. */
export function createGradientPhase(context: PhaseContext, linked: LinkedBatch): Phase {
  const { state, view, bases, exchange } = context;
  const { squares } = state.statistics;
  const { gradientItems, plan } = linked;
  const shared = linked.exchange?.shared ?? null;
  const sharing = shared && createSharing(context, shared);
  const own = shared?.plan.own ?? gradientItems.map((_, item) => item);
  return {
    name: 'sum over shards',
    items: own.length,
    // Other ranks' rows come when the previous phase ends.
    earlyItems: exchange.ranks === 1 ? plan.wholeBatchItems : 0,
    run(index) {
      const item = own[index];
      runCalls(gradientItems[item]);
      squares[item] = view.getFloat64(bases.arena, true);
      sharing?.give(item);
    },
    ...endingWith(sharing ? [sharing] : [], () => endGradients(context, linked)),
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
