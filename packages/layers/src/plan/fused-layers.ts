// Neighbouring layers that one pass computes: a convolution with the ReLU and pooling after it never
// writes its own map to memory, only the pooled one.
import type { Shape } from '@convbook/core';
import type { LayerPlan } from '../calls/layer-kind.ts';
import type { ResolvedLayer, ResolvedModel } from '../calls/resolved.ts';
import type { WholeBatchGradient } from '../calls/whole-batch.ts';
import { kindOf } from '../registry.ts';

/** A layer and those after it that its pass computes, too. */
export interface FusedLayers {
  readonly layer: ResolvedLayer;
  readonly followedBy: readonly ResolvedLayer[];
  readonly plan: LayerPlan;
}

/** The model's layers in passes; those that move no data, such as flatten, are in none. */
export function fuseLayers({ layers }: ResolvedModel): FusedLayers[] {
  const moving = layers.flatMap((layer) => {
    const { plan } = kindOf(layer.spec);
    return plan ? [{ layer, plan }] : [];
  });
  const fused: FusedLayers[] = [];
  for (let at = 0; at < moving.length;) {
    const { layer, plan } = moving[at];
    const next = moving.slice(at + 1).map((after) => after.layer);
    const followedBy = next.slice(0, lengthOfFit(plan, next));
    fused.push({ layer, followedBy, plan });
    at += 1 + followedBy.length;
  }
  return fused;
}

function lengthOfFit({ fuses = [] }: LayerPlan, next: readonly ResolvedLayer[]): number {
  const fitting = fuses.find((kinds) => kinds.every((kind, i) => next[i]?.spec.kind === kind));
  return fitting?.length ?? 0;
}

/** Shape of what the pass writes. */
export function outputShapeOf({ layer, followedBy }: FusedLayers): Shape {
  return (followedBy.at(-1) ?? layer).outputShape;
}

/** How the gradients of a layer are computed from the whole batch; null where shards compute them. */
export function wholeBatchOf({ layer, followedBy, plan }: FusedLayers): WholeBatchGradient | null {
  return plan.wholeBatch?.(layer, followedBy) ?? null;
}

/** Bytes in which the shards of a batch leave sums of a layer for each other; mostly 0. */
export function sharedBytes({ layer, plan }: FusedLayers, shardCount: number): number {
  return plan.sharedBytes?.(layer, shardCount) ?? 0;
}
