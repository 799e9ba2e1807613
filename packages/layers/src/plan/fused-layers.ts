// Neighbouring layers that one pass computes: a convolution with the ReLU and pooling after it never
// writes its own map to memory, only the pooled one.
import type { Shape } from '@convbook/core';
import type { LayerPlan } from '../calls/layer-kind.ts';
import type { Branches, ResolvedLayer, ResolvedModel } from '../calls/resolved.ts';
import { kindOf } from '../registry.ts';

/** A layer and those after it that its pass computes, too. */
export interface FusedLayers {
  readonly layer: ResolvedLayer;
  readonly followedBy: readonly ResolvedLayer[];
  readonly plan: LayerPlan;
  /** Number of the pass whose output it reads; -1: it reads the model's input. */
  readonly source: number;
  /** The passes of its block, where it is the sum of one; null for all others. */
  readonly block: BlockPasses | null;
}

/** The passes whose outputs a residual block adds, and the first of the layers inside it. */
export interface BlockPasses {
  readonly first: number;
  /** Number of the pass that convolves the block's input; null where the input itself is added. */
  readonly convolution: number | null;
  /** As `source`: what the block reads. */
  readonly source: number;
}

/** The model's layers in passes; those that move no data, such as flatten, are in none. */
export function fuseLayers({ layers }: Pick<ResolvedModel, 'layers'>): FusedLayers[] {
  const fused: FusedLayers[] = [];
  addPasses(layers, -1, fused);
  return fused;
}

/** Adds the passes of layers one after another, which read the output of `source`; the number of the last. */
function addPasses(layers: readonly ResolvedLayer[], source: number, fused: FusedLayers[]): number {
  const moving = layers.flatMap((layer) => {
    const { plan } = kindOf(layer.spec);
    return plan ? [{ layer, plan }] : [];
  });
  let last = source;
  for (let at = 0; at < moving.length;) {
    const { layer, plan } = moving[at];
    const next = moving.slice(at + 1).map((after) => after.layer);
    const followedBy = next.slice(0, lengthOfFit(plan, next));
    const reads = layer.branches
      ? addBlock(layer.branches, last, fused)
      : { source: last, block: null };
    last = fused.push({ layer, followedBy, plan, ...reads }) - 1;
    at += 1 + followedBy.length;
  }
  return last;
}

/** Adds the passes of a block's branches; what its sum reads. */
function addBlock({ body, shortcut }: Branches, source: number, fused: FusedLayers[]) {
  const first = fused.length;
  const last = addPasses(body, source, fused);
  const convolution = shortcut && addPasses([shortcut], source, fused);
  return { source: last, block: { first, convolution, source } };
}

function lengthOfFit({ fuses = [] }: LayerPlan, next: readonly ResolvedLayer[]): number {
  const fitting = fuses.find((kinds) => kinds.every((kind, i) => next[i]?.spec.kind === kind));
  return fitting?.length ?? 0;
}

/** Shape of what the pass writes. */
export function outputShapeOf({ layer, followedBy }: FusedLayers): Shape {
  return (followedBy.at(-1) ?? layer).outputShape;
}
