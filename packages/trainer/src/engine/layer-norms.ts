// How large each layer's gradient, weights and update are, at some steps: whether all layers learn,
// and at one pace. Sums of squares in float64, added as a tree by place, so the same bytes for any
// number of workers.
import { layerOf, type BatchPlan } from '@convbook/layers';
import { isSampled, slotAt, slotsOf } from './sampled-steps.ts';
import type { SharedState } from './shared-state.ts';
import type { TrainingPlan } from './training-plan.ts';
import { treeSum } from './tree-sum.ts';

/** Euclidean norms of one layer's parameters at one step. */
export interface LayerNorms {
  readonly name: string;
  /** Of the gradient, as `gradientNorm` of the step is of all parameters. */
  readonly gradientNorm: number;
  /** Of the parameters before the update, and of what the update adds to them. */
  readonly weightNorm: number;
  readonly updateNorm: number;
}

/** Float64 numbers of a layer and of a segment. */
const layerNumbers = 3;
const segmentNumbers = 2;

/** Floats updated at once where the values before are kept: they stay in the cache. */
const chunkFloats = 4096;

type LayoutPlan = Pick<TrainingPlan, 'layout' | 'model' | 'updateItems'>;

/** Names of the layers with trained parameters, in the model's order. */
export function trainedLayers({ model, layout }: LayoutPlan): string[] {
  const trained = new Set(layout.parameters.map(({ name }) => layerOf(name)));
  return model.layers.map(({ name }) => name).filter((name) => trained.has(name));
}

/** The part of an update item that belongs to one parameter, with the padding behind it, which is 0. */
interface Segment {
  readonly layer: number;
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

function segmentsOf(plan: LayoutPlan): Segment[] {
  const layers = trainedLayers(plan);
  const { parameters, sizeBytes } = plan.layout;
  const starts = parameters.map(({ offset }) => offset / 4);
  return plan.updateItems.flatMap(([from, to], item) =>
    parameters.flatMap(({ name }, k) => {
      const start = Math.max(from, starts[k]);
      const end = Math.min(to, starts[k + 1] ?? sizeBytes / 4);
      return start < end
        ? [{ layer: layers.indexOf(layerOf(name)), item, from: start, to: end }]
        : [];
    }),
  );
}

/** Arrays that the workers leave norms in, of an epoch. */
export function layerNormArrays(plan: TrainingPlan): { segments: number; layers: number } {
  return {
    segments: segmentNumbers * segmentsOf(plan).length,
    layers: layerNumbers * trainedLayers(plan).length * slotsOf('layers', plan),
  };
}

/** What a worker does for the norms of a sampled step. */
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

/** The norms that a sampled step left, null where one is not finite: then the run ends soon. */
export function readLayerNorms(
  { plan, statistics }: SharedState,
  step: number,
): LayerNorms[] | null {
  const layers = trainedLayers(plan);
  const first = slotAt('layers', plan, step) * layers.length;
  const norms = layers.map((name, layer) => {
    const at = (first + layer) * layerNumbers;
    const [gradientNorm, weightNorm, updateNorm] = statistics.layers.subarray(
      at,
      at + layerNumbers,
    );
    return { name, gradientNorm, weightNorm, updateNorm };
  });
  const isFinite = norms.every(({ name: _, ...own }) => Object.values(own).every(Number.isFinite));
  return isFinite ? norms : null;
}
