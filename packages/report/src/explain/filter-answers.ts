// The range of each filter over test images, and the one definition of a dead filter.
import { branchesOf, type ResolvedLayer, type ResolvedModel } from '@convbook/layers';
import { evenly } from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import { forward, layerRows, partOf, toInput, type Network } from '@convbook/runtime/network';
import type { FilterCounts } from '../analysis/training-course.ts';
import { affordable } from './cost.ts';

/** The lowest and the highest value of each filter's map, after its normalization and activation. */
export interface AnswerRange {
  readonly lowest: Float32Array;
  readonly highest: Float32Array;
}

/** The ranges of all layers with filters, those inside of residual blocks too, by the layer's name. */
export interface FilterAnswers {
  /** Test images that were looked at, by their place in the test set. */
  readonly indexes: readonly number[];
  readonly ranges: ReadonlyMap<string, AnswerRange>;
}

/** Images that are looked at, where a model leaves time for them. */
const images = { least: 60, most: 400, together: 64 };

/** A dead filter's range is at most this share of the widest range in its layer. */
const deadShare = 0.01;

/**
 * Filters, from 1, that give the same whatever the image is: over all images and places their map varies
 * by less than a hundredth of what the most lively filter of the layer does.
 */
export function deadFilters({ lowest, highest }: AnswerRange): number[] {
  const widths = Array.from(highest, (high, k) => high - lowest[k]);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  return widths.flatMap((width, k) => (width <= deadShare * widest ? [k + 1] : []));
}

/** Filters of all layers, and how many of them are dead. */
export function filterCounts({ ranges }: FilterAnswers): FilterCounts {
  const all = [...ranges.values()];
  return {
    dead: all.reduce((sum, range) => sum + deadFilters(range).length, 0),
    all: all.reduce((sum, { lowest }) => sum + lowest.length, 0),
  };
}

/** Whether the maps of a layer are those of filters; a block's are sums of such maps. */
export function hasFilters({ spec, outputShape }: ResolvedLayer): boolean {
  return spec.kind === 'conv2d' || (spec.kind === 'residual' && outputShape.length === 3);
}

/** The answers found for a network: several cells ask for them. */
const known = new WeakMap<Network, { samples: Samples | null; answers: FilterAnswers | null }>();

/** The answers to the images that a run keeps; null where it keeps none or they would take too long. */
export function filterAnswers({ samples }: Run, network: Network): FilterAnswers | null {
  const before = known.get(network);
  if (before?.samples === samples) return before.answers;
  const count = samples === null ? 0 : affordable(network.model, images.least, images.most);
  const indexes = evenly([...(samples?.images.keys() ?? [])], count);
  const isPossible = samples !== null && indexes.length > 0 && network.model.input.length === 3;
  const answers = isPossible ? { indexes, ranges: rangesOver(network, samples, indexes) } : null;
  known.set(network, { samples, answers });
  return answers;
}

function rangesOver(network: Network, samples: Samples, indexes: readonly number[]) {
  const ranges = new Map<string, AnswerRange>();
  for (let first = 0; first < indexes.length; first += images.together) {
    const some = indexes.slice(first, first + images.together);
    const chosen = some.map((index) => samples.images.get(index) as Uint8Array);
    follow(network, network.model.layers, toInput(chosen, network), ranges);
  }
  return ranges;
}

/** Sends values through some layers, and widens the range of each layer with filters. */
function follow(
  network: Network,
  layers: ResolvedModel['layers'],
  x: Float32Array,
  ranges: Map<string, AnswerRange>,
): void {
  const chain = { ...network, model: { ...network.model, layers } };
  let values = x;
  for (const { layer, from, to } of layerRows(chain.model)) {
    const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
    if (body.length > 0) follow(network, body, values, ranges);
    if (shortcut !== null) follow(network, [shortcut], values, ranges);
    values = forward(partOf(chain, from, to), values);
    if (hasFilters(layer)) widen(rangeOf(layer, ranges), values, layer.outputShape);
  }
}

function rangeOf(
  { name, outputShape: [filters] }: ResolvedLayer,
  ranges: Map<string, AnswerRange>,
): AnswerRange {
  const range = ranges.get(name) ?? {
    lowest: new Float32Array(filters).fill(Infinity),
    highest: new Float32Array(filters).fill(-Infinity),
  };
  ranges.set(name, range);
  return range;
}

/** @param values `[batch, filters, height, width]`. */
function widen(
  { lowest, highest }: AnswerRange,
  values: Float32Array,
  [filters, height, width]: readonly number[],
): void {
  const area = height * width;
  values.forEach((value, at) => {
    const k = Math.floor(at / area) % filters;
    if (value < lowest[k]) lowest[k] = value;
    if (value > highest[k]) highest[k] = value;
  });
}
