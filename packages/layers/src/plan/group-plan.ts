import type { ResolvedLayer } from '../model.ts';
import type { Allocator, ConstantTables } from './allocator.ts';
import type { Call, Place } from './place.ts';

/** What a group of layers needs to know to plan its kernel calls for one shard. */
export interface GroupContext {
  readonly layers: readonly ResolvedLayer[];
  readonly lanes: number;
  readonly input: Place;
  readonly output: Place;
  /** Null in evaluation. */
  readonly outputGradient: Place | null;
  /** Null in evaluation, and for the first group, whose input needs no gradient. */
  readonly inputGradient: Place | null;
  /** What random numbers of the step depend on; the kernel `dropoutMask` has the layout. */
  readonly draws: Place;
  readonly arena: Allocator;
  readonly tables: ConstantTables;
  /** Place of a parameter by its short name, in the group's first layer. */
  parameter(shortName: string): Place;
  gradient(shortName: string): Place;
}

/** Kernel calls of one group for one shard. */
export interface GroupPlan {
  readonly forward: readonly Call[];
  readonly backward: readonly Call[];
}

export type PlanGroup = (context: GroupContext) => GroupPlan;
