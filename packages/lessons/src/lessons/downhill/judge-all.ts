import { log } from '@convbook/core';
import { flatten, resolveModel, softmax, type LossSpec } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import type { Compute } from '../../figure/compute.ts';
import { lossOf } from '../../figure/loss-of.ts';

/** A loss and where it stands: after softmax, or on the scores, of which binary cross-entropy needs one. */
export interface Judged {
  readonly loss: LossSpec;
  readonly takes: 'scores' | 'one score' | 'probabilities';
}

/** A loss, and its gradient for the score of the right class. */
export interface Judgement {
  readonly value: number;
  readonly pull: number;
}

/**
 * Two classes, of which the first is right: its score is ln(p / (1 − p)), the other's 0.
 *
 * @param probabilities Of the right class, a sample each.
 */
export function judgeAll(
  { module }: Compute,
  { loss, takes }: Judged,
  probabilities: readonly number[],
): Judgement[] {
  const classes = takes === 'one score' ? 1 : 2;
  const x = probabilities.flatMap((p) => [log(p / (1 - p)), 0].slice(0, classes));
  const model = resolveModel({
    input: [classes],
    layers: [takes === 'probabilities' ? softmax() : flatten()],
  });
  const batch = {
    module,
    model,
    parameters: new Map<string, Float32Array>(),
    x: Float32Array.from(x),
    batchSize: probabilities.length,
    labels: new Uint8Array(probabilities.length),
    loss,
  };
  const { y, dX } = runModel(batch);
  return probabilities.map((_, n) => ({
    value: lossOf(loss, y.slice(n * classes, (n + 1) * classes), 0),
    pull: dX[n * classes],
  }));
}
