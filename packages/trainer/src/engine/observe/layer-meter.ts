// How large each layer's gradient, weights and update are, at some steps: whether all layers learn,
// and at one pace. Sums of squares in float64, added as a tree by place, so the same bytes for any
// number of workers.
import { layerOf, type BatchPlan } from '@convbook/layers/plan';
import { layerNumbers, segmentNumbers, segmentsOf, trainedLayers } from './norm-layout.ts';
import { isSampled, slotAt } from './sampled-steps.ts';
import type { SharedState } from '../shared-state.ts';
import { treeSum } from '../tree-sum.ts';

/** Floats updated at once where the values before are kept: they stay in the cache. */
const chunkFloats = 4096;

/** Measures the norms of a sampled step, on one worker. */
export interface LayerMeter {
  isSampled(step: number): boolean;
  /** After the squares of all gradient items are there. */
  endGradients(step: number, batch: BatchPlan): void;
  /** Runs the update of an item by parts and measures them. */
  updateItem(item: number, update: (from: number, to: number) => void): void;
  endUpdate(step: number): void;
}

export function createLayerMeter({ plan, memory, statistics }: SharedState): LayerMeter {
  const layers = trainedLayers(plan);
  const segments = segmentsOf(plan);
  const { parameters: base } = plan.map.bases;
  const parameters = new Float32Array(memory.buffer, base, plan.layout.sizeBytes / 4);
  const before = new Float32Array(chunkFloats);
  const sumOf = (values: ArrayLike<number>) => treeSum(values, values.length);
  const store = (step: number, which: number, sums: (layer: number) => number[]) => {
    const first = slotAt('layers', plan, step) * layers.length;
    layers.forEach((_, layer) => {
      statistics.layers[(first + layer) * layerNumbers + which] = Math.sqrt(sumOf(sums(layer)));
    });
  };
  return {
    isSampled: (step) => isSampled('layers', plan, step),
    endGradients(step, { gradientItems }) {
      const owners = gradientItems.map(({ parameter }) => layers.indexOf(layerOf(parameter)));
      store(step, 0, (layer) =>
        Array.from(statistics.squares.subarray(0, owners.length)).filter(
          (_, item) => owners[item] === layer,
        ),
      );
    },
    updateItem(item, update) {
      segments.forEach((segment, at) => {
        if (segment.item !== item) return;
        let [weights, updates] = [0, 0];
        for (let from = segment.from; from < segment.to; from += chunkFloats) {
          const to = Math.min(from + chunkFloats, segment.to);
          before.set(parameters.subarray(from, to));
          update(from, to);
          for (let k = from; k < to; k++) {
            const weight = before[k - from];
            const change = parameters[k] - weight;
            weights += weight * weight;
            updates += change * change;
          }
        }
        statistics.segments[at * segmentNumbers] = weights;
        statistics.segments[at * segmentNumbers + 1] = updates;
      });
    },
    endUpdate(step) {
      for (const which of [0, 1]) {
        store(step, 1 + which, (layer) =>
          segments.flatMap((segment, at) =>
            segment.layer === layer ? [statistics.segments[at * segmentNumbers + which]] : [],
          ),
        );
      }
    },
  };
}
