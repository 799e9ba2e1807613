import { addressAfter } from '@convbook/core/kernels';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { createPauseVote } from '../exchange/pause-vote.ts';
import { endingWith, type Phase } from './phase.ts';
import { runningStep, type PhaseContext } from './phase-context.ts';

/** Updates all parameters, an item a range of them; its end counts the step. */
export function createUpdatePhase(context: PhaseContext): Phase {
  const { state, position, exchange, meter, running } = context;
  const { updateItems } = state.plan;
  const update = createUpdate(context);
  const pause = createPauseVote(exchange, position);
  return {
    name: 'update',
    items: updateItems.length,
    earlyItems: 0,
    run(item) {
      const [from, to] = updateItems[item];
      if (meter.isSampled(runningStep(context))) meter.updateItem(item, update);
      else update(from, to);
    },
    ...endingWith([pause], () => {
      const step = runningStep(context);
      if (meter.isSampled(step)) meter.endUpdate(step);
      if (pause.isAgreed()) position.halt('paused');
      // Last: the main thread reads the batch's numbers once this counts it.
      position.finishBatch(running.batch);
    }),
  };
}

/** Updates the parameters from float `from` to `to`. */
function createUpdate({ state, kernels, bases }: PhaseContext) {
  const { plan, statistics } = state;
  const { optimizer: settings } = plan.configuration;
  const optimizer = optimizerKinds[settings.name];
  return (from: number, to: number): void => {
    const [gradientScale] = statistics.gradientScale;
    const gradients = addressAfter(bases.gradients, from * 4);
    const vectors = (to - from) / 4;
    if (gradientScale !== 1) kernels.scale(gradients, vectors, gradientScale);
    optimizer.update(kernels, settings, statistics.optimizer, statistics.learningRate[0], {
      parameters: addressAfter(bases.parameters, from * 4),
      gradients,
      states: plan.map.states.map((start) => addressAfter(start, from * 4)),
      vectors,
    });
  };
}
