// snapshots/statistics-<step>.safetensors. For each layer: `conv1.weights.counts`, `conv1.weights.limit`,
// `conv1.activations.counts`, `conv1.activations.limit`, and `conv1.activations.ranges`, the lowest and the highest value of each
// unit. `confusion` has a row `[label, prediction, count]` for each cell that is not zero. Metadata: the version of this
// layout, step, epoch, images, and the run's fingerprint.
import { layOutSafetensors } from '@convbook/core/files';
import type { StoredTensor } from '@convbook/core';
import type { Histogram } from './histogram.ts';
import type { ConfusionCount, LayerStatistics, TrainingStatistics } from './statistics.ts';

/** Version of the layout: readers pass over files of others. */
export const statisticsVersion = '1';

/** The name of a file in the folder of snapshots. */
export function statisticsName(step: number): string {
  return `statistics-${String(step).padStart(6, '0')}.safetensors`;
}

/** The file's bytes as consecutive pieces. */
export function layOutStatistics(
  statistics: TrainingStatistics,
  fingerprint: { readonly fingerprint?: string },
): Uint8Array[] {
  const { step, epoch, images, layers, confusion } = statistics;
  const tensors = [
    ...layers.flatMap(layerTensors),
    ...(confusion === null ? [] : [confusionTensor(confusion)]),
  ];
  return layOutSafetensors(new Map(tensors), {
    version: statisticsVersion,
    step: String(step),
    epoch: String(epoch),
    images: String(images),
    ...fingerprint,
  });
}

type NamedTensor = [string, StoredTensor];

function layerTensors({ name, weights, activations }: LayerStatistics): NamedTensor[] {
  const own = weights === null ? [] : histogramTensors(`${name}.weights`, weights);
  if (activations === null) return own;
  const { histogram, lowest, highest } = activations;
  const data = new Float32Array(2 * lowest.length);
  data.set(lowest);
  data.set(highest, lowest.length);
  return [
    ...own,
    ...histogramTensors(`${name}.activations`, histogram),
    [`${name}.activations.ranges`, { dtype: 'F32', shape: [2, lowest.length], data }],
  ];
}

function histogramTensors(name: string, { limit, counts }: Histogram): NamedTensor[] {
  return [
    [`${name}.counts`, { dtype: 'I32', shape: [counts.length], data: counts }],
    [`${name}.limit`, { dtype: 'F32', shape: [1], data: Float32Array.of(limit) }],
  ];
}

function confusionTensor(confusion: readonly ConfusionCount[]): NamedTensor {
  const rows = confusion.flatMap(({ label, prediction, count }) => [label, prediction, count]);
  return ['confusion', { dtype: 'I32', shape: [confusion.length, 3], data: Int32Array.from(rows) }];
}
