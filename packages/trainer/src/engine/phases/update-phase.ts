import type { Optimizer } from '@convbook/run';
import type { OptimizerKind } from '../../optimizers/optimizer-kind.ts';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { trustedParts } from '../trusted-parts.ts';
import { endingWith, type Phase } from './phase.ts';
import { runningStep, type PhaseContext } from './phase-context.ts';
import { clip, updateRange } from './update-range.ts';

/** Updates all parameters, an item a range of them; its end counts the step. */
export function createUpdatePhase(context: PhaseContext): Phase {
  const { state, position, exchange, meter, running } = context;
  const { updateItems } = state.plan;
  const update = createUpdate(context);
  // A single rank need not ask others, and can be told to until the end of the step.
  const isToPause = exchange.ranks > 1 ? position.isPauseAgreed : position.isPauseWanted;
  return {
    name: 'update',
    items: updateItems.length,
    early: null,
    run(item) {
      const [from, to] = updateItems[item];
      if (meter.isSampled(runningStep(context))) meter.updateItem(item, update);
      else update(from, to);
    },
    ...endingWith([], () => {
      const step = runningStep(context);
      if (meter.isSampled(step)) meter.endUpdate(step);
      if (isToPause()) position.halt('paused');
      // Last: the main thread reads the batch's numbers once this counts it.
      position.finishBatch(running.batch);
    }),
  };
}

type Update = (from: number, to: number) => void;

/** Updates the parameters from float `from` to `to`. */
function createUpdate(context: PhaseContext): Update {
  const { state, kernels } = context;
  const { optimizer: settings } = state.plan.configuration;
  const { optimizer: scalars, learningRate } = state.statistics;
  const optimizer = optimizerKinds[settings.name];
  if (optimizer.trust) return createTrustedUpdate(context, optimizer);
  return (from, to) => {
    const range = updateRange(context, from, to);
    clip(context, range);
    optimizer.update(kernels, settings, scalars, learningRate[0], range);
  };
}

/** As `createUpdate`, with a rate for each parameter; the gradients were clipped and directed before. */
function createTrustedUpdate(context: PhaseContext, optimizer: OptimizerKind<Optimizer>): Update {
  const { state, kernels } = context;
  const { optimizer: scalars, learningRate, trustRatios } = state.statistics;
  const parts = trustedParts(state.plan);
  return (from, to) => {
    for (const part of parts) {
      const [start, end] = [Math.max(from, part.from), Math.min(to, part.to)];
      if (start >= end) continue;
      const rate = learningRate[0] * trustRatios[part.parameter];
      optimizer.update(kernels, part.settings, scalars, rate, updateRange(context, start, end));
    }
  };
}
