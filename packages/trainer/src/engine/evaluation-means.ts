import type { EvaluatedSet } from './shared-state.ts';
import { treeSum } from './tree-sum.ts';

/** Means over a set. */
export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  readonly correct: number;
  readonly samples: number;
}

/** The means that an evaluation left. */
export function evaluationMeans({ losses, correct, indexes }: EvaluatedSet): Evaluation {
  const hits = treeSum(correct, correct.length);
  const samples = indexes.length;
  return {
    loss: treeSum(losses, losses.length) / samples,
    accuracy: hits / samples,
    correct: hits,
    samples,
  };
}
