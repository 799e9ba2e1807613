import type { Shape } from '@convbook/core';

/** What one layer does to its input, in the texts' terms. Shapes are without the batch axis. */
export interface LayerSummary {
  /** `conv1`, `maxPool1`, `dense2`, …: kind and place among its kind. */
  name: string;
  kind: string;
  inputShape: Shape;
  outputShape: Shape;
  /** Number of filters or units, null where the layer has none. */
  filters: number | null;
  /** `[height, width]` of the filter or window, null where the layer has none. */
  kernelSize: readonly [number, number] | null;
  stride: readonly [number, number] | null;
  padding: readonly [number, number] | null;
  /** Activation that follows the layer, merged into its row: `relu`, `softmax`, or null. */
  activation: string | null;
  parameters: number;
  parametersWithoutBias: number;
  /** Multiply-adds of one forward pass over one sample. */
  multiplyAdds: number;
}

export interface ModelSummary {
  layers: LayerSummary[];
  parameters: number;
  parametersWithoutBias: number;
  multiplyAdds: number;
}
