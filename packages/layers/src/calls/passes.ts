// Neighbouring layers that one pass computes, and which pass reads the output of which.
import type { AnySpec, Branches, ResolvedLayer } from './resolved.ts';

/** A layer's description of its passes. */
export interface Fusing {
  /** Kinds of the layers after it that its pass computes, too; longer rows first; default none. */
  readonly fuses?: readonly (readonly string[])[];
}

/** A layer and those after it that its pass computes, too. */
export interface Pass<Plan> {
  readonly layer: ResolvedLayer;
  readonly followedBy: readonly ResolvedLayer[];
  readonly plan: Plan;
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

/** The plan of a kind of layer; null: it moves no data, as flatten. */
type PlanOf<Plan> = (spec: AnySpec) => Plan | null;

/** The layers in passes; those that move no data are in none. */
export function toPasses<Plan extends Fusing>(
  layers: readonly ResolvedLayer[],
  planOf: PlanOf<Plan>,
): Pass<Plan>[] {
  const passes: Pass<Plan>[] = [];
  addPasses(layers, -1, planOf, passes);
  return passes;
}

/** Adds the passes of layers one after another, which read the output of `source`; the number of the last. */
function addPasses<Plan extends Fusing>(
  layers: readonly ResolvedLayer[],
  source: number,
  planOf: PlanOf<Plan>,
  passes: Pass<Plan>[],
): number {
  const moving = layers.flatMap((layer) => {
    const plan = planOf(layer.spec);
    return plan ? [{ layer, plan }] : [];
  });
  let last = source;
  for (let at = 0; at < moving.length;) {
    const { layer, plan } = moving[at];
    const next = moving.slice(at + 1).map((after) => after.layer);
    const followedBy = next.slice(0, lengthOfFit(plan, next));
    const reads = layer.branches
      ? addBlock(layer.branches, last, planOf, passes)
      : { source: last, block: null };
    last = passes.push({ layer, followedBy, plan, ...reads }) - 1;
    at += 1 + followedBy.length;
  }
  return last;
}

/** Adds the passes of a block's branches; what its sum reads. */
function addBlock<Plan extends Fusing>(
  { body, shortcut }: Branches,
  source: number,
  planOf: PlanOf<Plan>,
  passes: Pass<Plan>[],
) {
  const first = passes.length;
  const last = addPasses(body, source, planOf, passes);
  const convolution = shortcut && addPasses([shortcut], source, planOf, passes);
  return { source: last, block: { first, convolution, source } };
}

function lengthOfFit({ fuses = [] }: Fusing, next: readonly ResolvedLayer[]): number {
  const fitting = fuses.find((kinds) => kinds.every((kind, i) => next[i]?.spec.kind === kind));
  return fitting?.length ?? 0;
}
