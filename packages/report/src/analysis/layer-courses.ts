// Whether all layers learn, and at one pace: what the sampled steps say of each layer's gradient,
// weights and update.
import type { Run } from '@convbook/run';

/** The samples of one layer, in the order of steps. */
export interface LayerCourse {
  name: string;
  samples: LayerSample[];
}

export interface LayerSample {
  step: number;
  gradientNorm: number;
  weightNorm: number;
  /** Norm of the update over the norm of the weights; null where all weights are 0. */
  updateRatio: number | null;
}

/** The course of each layer with trained parameters, in the model's order. */
export function layerCourses({ layerNorms }: Pick<Run, 'layerNorms'>): LayerCourse[] {
  const names = layerNorms[0]?.layers.map(({ name }) => name) ?? [];
  return names.map((name) => ({
    name,
    samples: layerNorms.flatMap(({ step, layers }) =>
      layers
        .filter((layer) => layer.name === name)
        .map(({ gradientNorm, weightNorm, updateNorm }) => ({
          step,
          gradientNorm,
          weightNorm,
          updateRatio: weightNorm === 0 ? null : updateNorm / weightNorm,
        })),
    ),
  }));
}

/** The median of a course; null where there are no values. */
export function middleOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known.length === 0 ? null : known[known.length >> 1];
}
