// Where workers leave the norms of layers: for each sampled step of an epoch, and for each part of the
// running update.
import { layerOf, leavesOf } from '@convbook/layers/plan';
import { slotsOf } from './sampled-steps.ts';
import type { TrainingPlan } from '../training-plan.ts';

/** Float64 numbers of a layer, and of a segment. */
export const layerNumbers = 3;
export const segmentNumbers = 2;

type LayoutPlan = Pick<TrainingPlan, 'layout' | 'model' | 'updateItems'>;

/** Names of the layers with trained parameters, in the model's order. */
export function trainedLayers({ model, layout }: LayoutPlan): string[] {
  const trained = new Set(layout.parameters.map(({ name }) => layerOf(name)));
  return leavesOf(model.layers)
    .map(({ name }) => name)
    .filter((name) => trained.has(name));
}

/** The part of an update item that belongs to one parameter, and the padding after it, which is 0. */
export interface Segment {
  readonly layer: number;
  /** Its place among the layout's parameters. */
  readonly parameter: number;
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

/** The segments of all update items. */
export function segmentsOf(plan: LayoutPlan): Segment[] {
  const layers = trainedLayers(plan);
  const { parameters, sizeBytes } = plan.layout;
  const starts = parameters.map(({ offset }) => offset / 4);
  return plan.updateItems.flatMap(([from, to], item) =>
    parameters.flatMap(({ name }, k) => {
      const start = Math.max(from, starts[k]);
      const end = Math.min(to, starts[k + 1] ?? sizeBytes / 4);
      return start < end
        ? [{ layer: layers.indexOf(layerOf(name)), parameter: k, item, from: start, to: end }]
        : [];
    }),
  );
}

/** Float64 numbers of both, in an epoch. */
export function normNumbers(plan: TrainingPlan): { segments: number; layers: number } {
  return {
    segments: segmentNumbers * segmentsOf(plan).length,
    layers: layerNumbers * trainedLayers(plan).length * slotsOf('layers', plan),
  };
}
