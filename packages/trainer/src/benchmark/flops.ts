// Floating-point operations of a training step: two a multiply-add, forward once and backward twice,
// but the first layer with weights needs no input gradient. Biases, activations and the optimizer are
// not counted; neither is what an algorithm saves.
import { summarize, type ModelSpec } from '@convbook/layers';

/** The operations of one sample. */
export function trainingFlops(model: ModelSpec): number {
  const flopsOf = flopsByDirection(model, 1);
  const directions = ['forward', 'weight gradient', 'input gradient'];
  return summarize(model).layers.reduce(
    (sum, { name }) => sum + directions.reduce((of, way) => of + flopsOf(name, way), 0),
    0,
  );
}

/** The operations of a batch, for a layer by its name in one direction. */
export function flopsByDirection(
  model: ModelSpec,
  batchSize: number,
): (layer: string, direction: string) => number {
  const layers = summarize(model).layers.filter(({ multiplyAdds }) => multiplyAdds > 0);
  const costs = new Map(layers.map(({ name, multiplyAdds }) => [name, 2 * multiplyAdds]));
  return (layer, direction) => {
    const isFree =
      direction === 'sum' || (direction === 'input gradient' && layer === layers[0].name);
    return isFree ? 0 : batchSize * (costs.get(layer) ?? 0);
  };
}
