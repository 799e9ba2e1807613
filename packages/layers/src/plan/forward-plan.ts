// The forward pass of a shard, without losses and gradients.
import type { Allocator } from '../calls/allocator.ts';
import type { Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import type { EvaluationContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { Shard } from '../calls/shards.ts';
import type { FusedLayers } from './fused-layers.ts';
import { inRole } from './roles.ts';
import type { PassPlaces } from './forward-places.ts';

/** Places that the calls of a pass refer to beside its own. */
export interface ForwardOptions {
  readonly shard: Shard;
  readonly tables: ConstantTables;
  /** Place of a parameter by its full name. */
  parameter(name: string): Place;
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
