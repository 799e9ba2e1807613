import { elementCount, type Shape } from '@convbook/core';
import { kindOf } from '../registry.ts';
import { toCheckedModel } from './check.ts';
import { resolveModel, type ModelSpec } from './model.ts';
import { isTrained, type Branches, type ResolvedLayer } from '../calls/resolved.ts';

/** One layer's effect on its input, in the terms of textbooks. Shapes are without the batch axis. */
export interface LayerSummary {
  /** `conv1`, `pool1`, `dense2`, …: kind and place among its kind. */
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
  dilation: readonly [number, number] | null;
  /** Rows and columns that no window reaches because the stride does not divide. */
  dropped: readonly [number, number];
  /** Activation that follows the layer, merged into its row, or null. */
  activation: string | null;
  parameters: number;
  parametersWithoutBias: number;
  /** Multiply-adds of one forward pass over one sample. */
  multiplyAdds: number;
  /** The rows of a residual block, whose counts are among its own; the shortcut's convolution is the last. */
  inner?: LayerSummary[];
}

/** A model's layers with their shapes and counts, and the totals. */
export interface ModelSummary {
  layers: LayerSummary[];
  parameters: number;
  parametersWithoutBias: number;
  multiplyAdds: number;
}

/** One row a layer, activations in the row of the layer before them. */
export function summarize(model: ModelSpec): ModelSummary {
  const layers = summarizeLayers(resolveModel(toCheckedModel(model)).layers);
  const total = (of: (layer: LayerSummary) => number) =>
    layers.reduce((sum, layer) => sum + of(layer), 0);
  return {
    layers,
    parameters: total((layer) => layer.parameters),
    parametersWithoutBias: total((layer) => layer.parametersWithoutBias),
    multiplyAdds: total((layer) => layer.multiplyAdds),
  };
}

/** The rows of a summary, each block's own after it. */
export function allRows(layers: readonly LayerSummary[]): LayerSummary[] {
  return layers.flatMap((layer) => [layer, ...(layer.inner ?? [])]);
}

function summarizeLayers(layers: readonly ResolvedLayer[]): LayerSummary[] {
  const rows: LayerSummary[] = [];
  for (const layer of layers) {
    const previous = rows.at(-1);
    if (kindOf(layer.spec).isActivation && previous && previous.activation === null) {
      previous.activation = layer.spec.kind;
    } else {
      rows.push(summarizeLayer(layer));
    }
  }
  return rows;
}

function summarizeLayer(layer: ResolvedLayer): LayerSummary {
  const count = (bias: boolean) =>
    layer.parameters
      .filter((parameter) => isTrained(parameter) && parameter.bias === bias)
      .reduce((sum, parameter) => sum + elementCount(parameter.shape), 0);
  return {
    name: layer.name,
    kind: layer.spec.kind,
    inputShape: layer.inputShape,
    outputShape: layer.outputShape,
    filters: layer.filters,
    kernelSize: layer.window?.kernelSize ?? null,
    stride: layer.window?.stride ?? null,
    padding: layer.window?.padding ?? null,
    dilation: layer.window?.dilation ?? null,
    dropped: layer.window?.dropped ?? [0, 0],
    activation: null,
    parameters: count(false) + count(true),
    parametersWithoutBias: count(false),
    multiplyAdds: layer.multiplyAdds,
    ...(layer.branches && { inner: summarizeBranches(layer.branches) }),
  };
}

// The sum, and not the shortcut, has the activation after the block.
function summarizeBranches({ body, shortcut }: Branches): LayerSummary[] {
  const rows = summarizeLayers(body);
  return shortcut ? [...rows, summarizeLayer(shortcut)] : rows;
}
