import { setNamed, type EvaluatedName } from '../engine/evaluated-sets.ts';
import { treeSum } from '../engine/tree-sum.ts';
import type { Cursor } from '../run/cursor.ts';
import { divergedEvaluation } from './diverged.ts';
import type { RunContext } from './run-context.ts';

/** Means over a set. */
export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  readonly correct: number;
  readonly samples: number;
}

/**
 * Evaluates a set with the current parameters.
 *
 * @throws DivergedError when a loss or a logit is not finite.
 */
export async function evaluate(
  context: RunContext,
  cursor: Cursor,
  set: EvaluatedName,
): Promise<Evaluation> {
  const { engine, state } = context;
  await engine.evaluate(set);
  const { losses, correct, images } = setNamed(state.evaluated, set);
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad >= 0) throw await divergedEvaluation(context, cursor, set, bad);
  return meansOf(losses, correct, images.count);
}

function meansOf(losses: Float64Array, correct: Int32Array, samples: number): Evaluation {
  const hits = treeSum(correct, correct.length);
  return {
    loss: treeSum(losses, losses.length) / samples,
    accuracy: hits / samples,
    correct: hits,
    samples,
  };
}
