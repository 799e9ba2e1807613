import { kindOf, type ResolvedLayer, type ResolvedModel } from '@convbook/layers';

/** A layer with the normalization and activation that directly follow it. */
export interface LayerRow {
  readonly layer: ResolvedLayer;
  /** `conv1 + relu1`. */
  readonly name: string;
  /** The layers `from` up to `to` of the model. */
  readonly from: number;
  readonly to: number;
}

/** Whether a layer goes with the one before it. */
export function joinsBefore({ spec }: ResolvedLayer): boolean {
  return spec.kind === 'batchNorm' || kindOf(spec).isActivation;
}

/** The model's layers, each with what joins it, without those that only rename places. */
export function layerRows({ layers }: ResolvedModel): LayerRow[] {
  const rows: LayerRow[] = [];
  layers.forEach((layer, index) => {
    const before = rows.at(-1);
    if (kindOf(layer.spec).plan === null) return;
    const to = index + 1;
    const isDone = index > 0 && kindOf(layers[index - 1].spec).isActivation;
    if (joinsBefore(layer) && !isDone && before?.to === index) {
      rows[rows.length - 1] = { ...before, name: `${before.name} + ${layer.name}`, to };
    } else rows.push({ layer, name: layer.name, from: index, to });
  });
  return rows;
}
