// The test images that the layers are shown through training. They follow from model and data alone, as every byte
// of a run.
import { elementCount, highest } from '@convbook/core';
import type { ResolvedModel } from '@convbook/layers';
import { leavesOf } from '@convbook/layers/plan';
import type { SharedState } from '../engine/shared-state.ts';

/** Images that are shown, the more the longer an epoch is: one for so many that are trained on or tested. */
const images = { least: 64, most: 256, each: 500 };

/**
 * Computed beside the run's own memory: of larger models, or maps, nothing is shown. 32 MiB of weights, 8 MiB of maps, and
 * multiply-adds of one image that take less than 50 ms (measured: more than 6 thousand million a second).
 */
const most = { weights: 1 << 23, values: 1 << 21, multiplyAdds: 2e8 };

/** Most images computed together. */
const mostTogether = 16;

export interface WatchedImages {
  /** Places in the test set, evenly over it. */
  readonly indexes: readonly number[];
  /** Computed together. */
  readonly together: number;
}

/** The images, none where the model is too large. */
export function watchedImages({ plan, evaluated }: SharedState): WatchedImages {
  const { model, trainSamples } = plan;
  const samples = evaluated.test.indexes.length;
  const weights = model.parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const multiplyAdds = model.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  const together = Math.min(
    mostTogether,
    Math.floor(most.values / valuesOf(model)),
    Math.floor(most.multiplyAdds / Math.max(1, multiplyAdds)),
  );
  if (weights > most.weights || together < 1) return { indexes: [], together: 0 };
  const wanted = Math.floor((3 * trainSamples + samples) / images.each);
  const count = Math.min(samples, images.most, highest([images.least, wanted]));
  const indexes = Array.from({ length: count }, (_, k) => Math.floor((k * samples) / count));
  return { indexes, together };
}

/** Values of all layers for one image; channels lie filled up to eight. */
function valuesOf({ input, layers }: ResolvedModel): number {
  const shapes = [...leavesOf(layers), ...layers].map(({ outputShape }) => outputShape);
  return [input, ...shapes].reduce(
    (sum, [channels, ...places]) => sum + Math.ceil(channels / 8) * 8 * elementCount(places),
    0,
  );
}
