import { addressOf, runCalls } from '@convbook/layers/plan';
import { setNamed, type EvaluatedName } from '../evaluated-sets.ts';
import { shareOf } from '../exchange/exchange.ts';
import { gather } from '../gather.ts';
import { createPlainReader } from '../image-reader.ts';
import type { LinkedShard, Linker } from '../linked-batch.ts';
import { endingWith, type Phase } from './phase.ts';
import { readResult, type PhaseContext } from './phase-context.ts';

/** Forward and loss of a set, an item a shard of it. */
export function createEvaluationPhase(
  context: PhaseContext,
  link: Linker,
  set: EvaluatedName,
): Phase {
  const { state, bases, bytes, exchange, crossings } = context;
  const { images, indexes, losses, correct } = setNamed(state.evaluated, set);
  const plan = setNamed(state.plan.evaluation, set);
  const [full, last] = [link.evaluation(plan.full), link.evaluation(plan.last)];
  const share = shareOf(plan.items, exchange);
  const size = state.plan.configuration.evaluationShardSize;
  const keepLogits = createLogitKeeper(context, set);
  const read = createPlainReader(images);
  return {
    name: 'evaluation',
    items: share.count,
    firstShard: share.first,
    early: null,
    run(item) {
      const index = share.first + item;
      const linked = index === plan.items - 1 ? last : full;
      const first = index * size;
      gather(images, (n) => indexes[first + n], linked.plan, bytes, bases, read);
      runCalls(linked.calls);
      const result = readResult(context, linked.plan);
      // A logit of another class than the label's may overflow and leave the loss finite.
      losses[index] = keepLogits(linked, first) ? result.loss : Infinity;
      correct[index] = result.correct;
    },
    ...endingWith(crossings.evaluation(set), () => undefined),
  };
}

/**
 * Copies a shard's outputs, `[class][lane]`, to the logits, `[sample][class]`, from sample `first` on;
 * says whether all are finite.
 */
function createLogitKeeper({ state, bases }: PhaseContext, set: EvaluatedName) {
  const { logits } = setNamed(state.evaluated, set);
  const [classes] = state.plan.model.output;
  const floats = new Float32Array(state.memory.buffer);
  return ({ plan: { count, lanes, output } }: LinkedShard, first: number): boolean => {
    const at = addressOf(output, bases) / 4;
    let allFinite = true;
    for (let n = 0; n < count; n++) {
      for (let c = 0; c < classes; c++) {
        const logit = floats[at + c * lanes + n];
        logits[(first + n) * classes + c] = logit;
        allFinite &&= Number.isFinite(logit);
      }
    }
    return allFinite;
  };
}
