// The images that a notebook makes to excite filters, each beside the test image that excites its filter most.
import { elementCount } from '@convbook/core';
import { evenly } from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import {
  ascentPasses,
  excitingImages,
  meansOfMaps,
  type ExcitingImage,
} from '@convbook/runtime/explain';
import {
  forward,
  layerRows,
  toInput,
  type LayerRow,
  type Network,
} from '@convbook/runtime/network';
import { largest } from '../analysis/largest.ts';
import { affordable } from './cost.ts';
import { deadFilters, filterAnswers, hasFilters, type AnswerRange } from './filter-answers.ts';
import type { Networks } from './networks.ts';

/** An image made for a filter, and its control. */
export interface MadeImage extends ExcitingImage {
  /** The test image with the highest mean of the filter's map, among those that were looked at. */
  readonly best: { readonly index: number; readonly mean: number };
}

/** The images made for a layer. */
export interface MadeLayer {
  readonly row: LayerRow;
  /** Filters that answer to something, of which the images show the liveliest. */
  readonly live: number;
  readonly images: readonly MadeImage[];
}

/** Layers and filters of each; bytes of all images together, of which PNG leaves about half. */
const most = { layers: 4, filters: 32, bytes: 200_000 };

/** Test images looked at together. */
const together = 64;

/**
 * Images for the liveliest filters of some layers, none for dead ones; fewer where a model or its images are
 * large. Null where the run keeps no images or its filters' answers take too long.
 */
export function madeImages({ trained, seed }: Networks, run: Run): MadeLayer[] | null {
  const answers = filterAnswers(run, trained);
  if (answers === null || run.samples === null) return null;
  const { samples } = run;
  const rows = evenly(
    layerRows(trained.model).filter(({ layer }) => hasFilters(layer)),
    most.layers,
  );
  return rows.map((row) => {
    const range = answers.ranges.get(row.layer.name);
    const live = liveFilters(range, row.layer.outputShape[0]);
    const means = meansOfMaps(trained, row.to);
    const count = Math.min(live.length, affordableImages(means, rows.length));
    const shown = largest(live.length, count, (k) => range?.highest[live[k]] ?? 0);
    const filters = shown.map((k) => live[k]);
    const best = filters.length > 0 ? bestImages(means, samples, answers.indexes, filters) : [];
    const images = excitingImages(trained, row, filters, seed);
    return {
      row,
      live: live.length,
      images: images.map((image, k) => ({ ...image, best: best[k] })),
    };
  });
}

function liveFilters(range: AnswerRange | undefined, filters: number): number[] {
  const dead = new Set(range && deadFilters(range));
  return Array.from({ length: filters }, (_, k) => k).filter((k) => !dead.has(k + 1));
}

/** How many images of a layer there is time and room for: all layers share half the time of a part, and the room. */
function affordableImages({ model }: Network, layers: number): number {
  const passes = 2 * layers * ascentPasses;
  const inTime = Math.floor(affordable(model, passes, passes * most.filters) / passes);
  return Math.min(inTime, Math.floor(most.bytes / layers / elementCount(model.input)));
}

/** For each of some filters the image with the highest mean, of equal ones the first. */
function bestImages(
  means: Network,
  { images }: Samples,
  indexes: readonly number[],
  filters: readonly number[],
): MadeImage['best'][] {
  const outputs = elementCount(means.model.output);
  const best = filters.map(() => ({ index: indexes[0], mean: -Infinity }));
  for (let first = 0; first < indexes.length; first += together) {
    const some = indexes.slice(first, first + together);
    const chosen = some.map((index) => images.get(index) as Uint8Array);
    const y = forward(means, toInput(chosen, means));
    some.forEach((index, n) =>
      filters.forEach((filter, k) => {
        const mean = y[n * outputs + filter];
        if (mean > best[k].mean) best[k] = { index, mean };
      }),
    );
  }
  return best;
}
