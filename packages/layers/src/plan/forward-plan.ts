// The forward pass of a shard: all that prediction needs, and so without losses and gradients.
import { Allocator } from '../calls/allocator.ts';
import type { Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import type { EvaluationContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import type { Shard } from '../calls/shards.ts';
import { fuseLayers, type FusedLayers } from './fused-layers.ts';
import { inRole } from './roles.ts';
import { layOutForward, type PassPlaces } from './forward-places.ts';

/** What the calls of a pass refer to beside its own places. */
export interface ForwardOptions {
  readonly shard: Shard;
  readonly tables: ConstantTables;
  /** Place of a parameter by its full name. */
  parameter(name: string): Place;
}

/** The forward pass of a shard, from float32 input to output in lanes. */
export interface ForwardPlan {
  readonly input: Place;
  readonly output: Place;
  readonly calls: readonly Call[];
  readonly arenaBytes: number;
}

/** Plans the forward pass of a shard as evaluation computes it: dropout left out, running statistics used. */
export function planForward(model: ResolvedModel, options: ForwardOptions): ForwardPlan {
  const arena = new Allocator('arena');
  const fused = fuseLayers(model);
  const { input, output, passes } = layOutForward(arena, model, fused, options.shard.lanes);
  const calls = forwardCalls(options, fused, arena, passes);
  return { input, output, calls, arenaBytes: arena.sizeBytes };
}

/** The calls of all passes in order, each in the role of its layer. */
export function forwardCalls(
  options: ForwardOptions,
  fused: readonly FusedLayers[],
  arena: Allocator,
  passes: readonly PassPlaces[],
): Call[] {
  return fused.flatMap((layers, k) => {
    const context = forwardContext(options, layers, arena, passes[k]);
    return inRole(layers.plan.evaluate(context), layers.layer.name, 'forward');
  });
}

/** A pass as its layer sees it. */
export function forwardContext(
  { shard, tables, parameter }: ForwardOptions,
  { layer, followedBy }: FusedLayers,
  arena: Allocator,
  { input, output, shortcut }: PassPlaces,
): EvaluationContext {
  return {
    layer,
    followedBy,
    shard,
    input,
    output,
    shortcut,
    arena,
    tables,
    parameter: (shortName) => parameter(`${layer.name}.${shortName}`),
  };
}
