// Floating-point operations of a training step: two a multiply-add, forward once and backward twice,
// but the first layer with weights needs no input gradient. Biases, activations and the optimizer are
// not counted; neither is what an algorithm saves.
import { allRows, summarize, type LayerSummary, type ModelSpec } from '@convbook/layers';

/** The operations of one sample. */
export function trainingFlops(model: ModelSpec): number {
  const flopsOf = flopsByDirection(model, 1);
  const directions = ['forward', 'weight gradient', 'input gradient'];
  return costlyRows(model).reduce(
    (sum, { name }) => sum + directions.reduce((of, way) => of + flopsOf(name, way), 0),
    0,
  );
}

/** The operations of a batch, for a layer by its name in one direction. */
export function flopsByDirection(
  model: ModelSpec,
  batchSize: number,
): (layer: string, direction: string) => number {
  const layers = costlyRows(model);
  const costs = new Map(layers.map(({ name, multiplyAdds }) => [name, 2 * multiplyAdds]));
  return (layer, direction) => {
    const isFree =
      direction === 'sum' || (direction === 'input gradient' && layer === layers[0].name);
    return isFree ? 0 : batchSize * (costs.get(layer) ?? 0);
  };
}

/** The layers that multiply; of a block those inside it. */
function costlyRows(model: ModelSpec): LayerSummary[] {
  return allRows(summarize(model).layers).filter(
    ({ inner, multiplyAdds }) => !inner && multiplyAdds > 0,
  );
}
