import { elementCount } from '@convbook/core';
import { leavesOf, type ResolvedModel } from '../calls/resolved.ts';

/** Weights for each value of a sample's maps from which reading the weights costs more than the maps do. */
const weightsPerValue = 16;

/** Whether a model's weights outweigh its maps, so that a step gains by reading them for more samples at once. */
export function weightsOutweighMaps(model: ResolvedModel): boolean {
  const layers = leavesOf(model.layers);
  const values = layers.reduce((sum, { outputShape }) => sum + elementCount(outputShape), 0);
  const weights = layers
    .flatMap(({ parameters }) => parameters)
    .reduce((sum, { shape }) => sum + elementCount(shape), 0);
  return weights >= weightsPerValue * values;
}
