// A layer plans its kernel calls for one shard from a context, and gives them back by direction.
import type { Allocator } from './allocator.ts';
import type { Call } from './call.ts';
import type { ConstantTables } from './constant-tables.ts';
import type { Place } from './place.ts';
import type { ResolvedLayer } from './resolved.ts';
import type { Section } from './sections.ts';
import type { Shard } from './shards.ts';

/** A layer in evaluation: forward only. */
export interface EvaluationContext<Settings = unknown> {
  readonly layer: ResolvedLayer<Settings>;
  /** The layers after it that its pass computes, too: a row of `fuses` of its plan, or none. */
  readonly followedBy: readonly ResolvedLayer[];
  readonly shard: Shard;
  readonly input: Place;
  readonly output: Place;
  /** What a residual block adds to the output of its layers, which is `input`; null for other layers. */
  readonly shortcut: Place | null;
  /** Scratch that stays until the shard is done, unless it is released. */
  readonly arena: Allocator;
  readonly tables: ConstantTables;
  /** Place of a parameter of the layer by its short name. */
  parameter(shortName: string): Place;
}

/** A layer in training: forward and backward. */
export interface TrainingContext<Settings = unknown> extends EvaluationContext<Settings> {
  readonly outputGradient: Place;
  /** Null where nothing needs the gradient of its input, as for the first layer. */
  readonly inputGradient: Place | null;
  /** The step's random numbers depend on it; the kernel `dropoutMask` has the layout. */
  readonly draws: Place;
  readonly batch: BatchContext;
  /** Place of the gradient of a parameter of the layer, the shard's own where each has one. */
  gradient(shortName: string): Place;
}

/** The batch a shard belongs to, as one layer of the shard sees it. */
export interface BatchContext {
  readonly batchSize: number;
  readonly shardCount: number;
  /** The section of the batch that the shard belongs to. */
  readonly section: Section;
  /** The `sharedBytes` of the layer's plan: the same place for all shards. */
  shared(): Place;
  /** The `preparedBytes` of the layer's plan, as its `prepare` calls left them. */
  prepared(): Place;
  /** One of the arrays that its `wholeBatch` keeps: `[section][row][sample]`. */
  kept(which: number): Place;
}

/** Kernel calls of one layer, and of those its pass computes, for one shard. */
export interface TrainingCalls {
  /** Once a step, before any shard; the same for every shard, in any order. */
  readonly prepare?: readonly Call[];
  readonly forward: readonly Call[];
  /** From the output's gradient to that of its parameters, or to the rows kept for it; these run first. */
  readonly weightGradient?: readonly Call[];
  /** From the output's gradient to that of its input; these run next. */
  readonly inputGradient: readonly Call[];
  /** Sums over the whole batch that its forward and its backward calls wait for. */
  readonly sums?: { readonly forward: BatchSum; readonly backward: BatchSum };
}

/** A sum over all samples of a batch: each shard sums its own, then one call adds the shards' sums. */
export interface BatchSum {
  readonly shard: readonly Call[];
  readonly batch: readonly Call[];
}
