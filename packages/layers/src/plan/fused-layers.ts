// Neighbouring layers that one pass computes: a convolution with the ReLU and pooling after it never
// writes its own map to memory, only the pooled one.
import type { Shape } from '@convbook/core';
import type { LayerPlan } from '../calls/layer-kind.ts';
import { toPasses, type Pass } from '../calls/passes.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import { kindOf } from '../registry.ts';

/** A layer and those after it that its pass computes, too. */
export type FusedLayers = Pass<LayerPlan>;

/** The model's layers in passes; those that move no data, such as flatten, are in none. */
export function fuseLayers({ layers }: Pick<ResolvedModel, 'layers'>): FusedLayers[] {
  return toPasses(layers, (spec) => kindOf(spec).plan);
}

/** Shape of what the pass writes. */
export function outputShapeOf({ layer, followedBy }: FusedLayers): Shape {
  return (followedBy.at(-1) ?? layer).outputShape;
}
