import { setNamed, type EvaluatedName } from '../engine/evaluated-sets.ts';
import { evaluationMeans, type Evaluation } from '../engine/evaluation-means.ts';
import type { Cursor } from '../run/cursor.ts';
import { divergedEvaluation } from './diverged.ts';
import type { RunContext } from './run-context.ts';

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
  const evaluated = setNamed(state.evaluated, set);
  const bad = evaluated.losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad >= 0) throw await divergedEvaluation(context, cursor, set, bad);
  return evaluationMeans(evaluated);
}
