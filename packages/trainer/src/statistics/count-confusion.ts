import type { ConfusionCount } from '@convbook/run';
import { predictions } from '@convbook/run/evaluation';
import type { SharedState } from '../engine/shared-state.ts';

/** Test images of each label by prediction, as the last evaluation classified them; none that are 0. */
export function countConfusion({ plan, evaluated }: SharedState): ConfusionCount[] {
  const { images, logits } = evaluated.test;
  const [classes] = plan.model.output;
  const { count: samples, labels } = images;
  const counts = new Map<number, number>();
  predictions({ samples, classes, logits, labels: Uint8Array.from(labels) }).forEach((k, n) => {
    const cell = labels[n] * classes + k;
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
