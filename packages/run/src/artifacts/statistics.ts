// Numbers that describe a model as it trains, before the first step and after epochs: how its weights and the values of
// its layers are distributed, and which test images it classifies as what.
import type { Histogram } from './histogram.ts';

/** The numbers at one moment of training. */
export interface TrainingStatistics {
  /** Steps taken; 0 is before training. */
  readonly step: number;
  /** Epochs done. */
  readonly epoch: number;
  /** Test images that the layers were shown, the same at every moment; 0 where the model is too large for that. */
  readonly images: number;
  /** Layers with weights and residual blocks, in the model's order. */
  readonly layers: readonly LayerStatistics[];
  /** Over the whole test set; null before training. */
  readonly confusion: readonly ConfusionCount[] | null;
}

/** The numbers of a layer at one moment. */
export interface LayerStatistics {
  readonly name: string;
  /** Histogram of its weights without biases; null for a residual block. */
  readonly weights: Histogram | null;
  /** Null where no images were shown, or a value was not finite. */
  readonly activations: LayerActivations | null;
}

/** The output of a layer for some images, after its normalization and activation. */
export interface LayerActivations {
  readonly histogram: Histogram;
  /** The lowest and the highest value of each filter or unit, over all images and places. */
  readonly lowest: Float32Array;
  readonly highest: Float32Array;
}

/** Images of a label that are classified as `prediction`. */
export interface ConfusionCount {
  readonly label: number;
  readonly prediction: number;
  /** At least 1. */
  readonly count: number;
}

/** Most moments of a run beside its start that have statistics. */
const mostMoments = 48;

/** Whether an epoch's end has statistics: each of few, of many every n-th and the last. */
export function hasStatistics(epoch: number, epochs: number): boolean {
  return epoch % Math.ceil(epochs / mostMoments) === 0 || epoch === epochs;
}
