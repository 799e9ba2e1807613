// The statistics of a synthetic run through training: weights spread, a unit dies, confusions become fewer.
import { elementCount, normal } from '@convbook/core';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import { predictions, type Evaluation } from '../artifacts/evaluation.ts';
import { countValues, emptyHistogram } from '../artifacts/histogram.ts';
import type {
  ConfusionCount,
  LayerStatistics,
  TrainingStatistics,
} from '../artifacts/statistics.ts';

/** The statistics at one moment of a run; `progress` goes from 0 to 1, where the answers are the evaluation's. */
export function syntheticStatistics(
  model: ModelSpec,
  evaluation: Evaluation,
  moment: { readonly step: number; readonly epoch: number; readonly progress: number },
): TrainingStatistics {
  const { step, epoch, progress } = moment;
  const { layers } = resolveModel(model);
  const counted = layers.filter(({ parameters }) => parameters.length > 0);
  return {
    step,
    epoch,
    images: 100,
    layers: counted.map(({ name, outputShape: [units], parameters: [weight] }) =>
      layerStatistics(name, units, elementCount(weight.shape), progress),
    ),
    confusion: epoch === 0 ? null : confusionAt(evaluation, progress),
  };
}

/** In the second half of training unit 2 gives 0. */
function layerStatistics(
  name: string,
  units: number,
  weightCount: number,
  progress: number,
): LayerStatistics {
  const weights = normal(1, name, new Float32Array(weightCount), 0, 0.02 + 0.1 * progress);
  const given = normal(2, name, new Float32Array(units * 100), 0, 0.5 + progress);
  const values = given.map((value) => Math.max(0, value));
  const isDead = (unit: number) => unit === 1 && progress > 0.5;
  return {
    name,
    weights: countValues(emptyHistogram(), weights),
    activations: {
      histogram: countValues(emptyHistogram(), values),
      lowest: new Float32Array(units),
      highest: Float32Array.from({ length: units }, (_, k) => (isDead(k) ? 0 : 2 + progress)),
    },
  };
}

/** Early in training more images are taken for the class after their own, those of the last classes the most. */
function confusionAt(evaluation: Evaluation, progress: number): ConfusionCount[] {
  const { classes, labels } = evaluation;
  const counts = new Map<number, number>();
  predictions(evaluation).forEach((given, n) => {
    const label = labels[n];
    const isLate = (n * 7) % 100 > 100 * progress + 30 * (1 - label / classes);
    const cell = label * classes + (isLate ? (label + 1) % classes : given);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([cell, count]) => ({
      label: Math.floor(cell / classes),
      prediction: cell % classes,
      count,
    }));
}
