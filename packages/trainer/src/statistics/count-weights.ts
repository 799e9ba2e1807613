import type { ResolvedModel } from '@convbook/layers';
import { leavesOf } from '@convbook/layers/plan';
import type { Histogram } from '@convbook/run';
import { countValues, emptyHistogram } from '@convbook/run/writing';
import { createGiveWay } from '../engine/give-way.ts';
import { readParameters } from '../engine/parameters.ts';
import type { SharedState } from '../engine/shared-state.ts';

/** Counted in about 1 ms. */
const countedAtOnce = 1 << 18;

/** The weights of each convolution and dense layer, by the layer's name. */
export async function countWeights(
  state: Pick<SharedState, 'plan' | 'memory'>,
): Promise<Map<string, Histogram>> {
  const giveWay = createGiveWay();
  const parameters = readParameters(state);
  const found = new Map<string, Histogram>();
  for (const name of layersWithWeights(state.plan.model)) {
    const weights = parameters.get(`${name}.weight`)?.data;
    if (!(weights instanceof Float32Array)) continue;
    let histogram = emptyHistogram();
    for (let from = 0; from < weights.length; from += countedAtOnce) {
      histogram = countValues(histogram, weights.subarray(from, from + countedAtOnce));
      await giveWay();
    }
    found.set(name, histogram);
  }
  return found;
}

/** Those inside a block, too. */
function layersWithWeights({ layers }: ResolvedModel): string[] {
  const leaves = leavesOf(layers);
  return leaves
    .filter(({ spec: { kind } }) => kind === 'conv2d' || kind === 'dense')
    .map(({ name }) => name);
}
