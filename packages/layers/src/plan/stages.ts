// A shard's calls, cut where a layer needs sums over the whole batch: a stage begins when all shards
// have ended the one before.
import type { Call } from '../calls/call.ts';
import type { BatchSum } from '../calls/contexts.ts';

/** The calls of a shard up to where a layer waits for the whole batch. */
export interface Stage {
  /** Run by each shard. */
  readonly calls: readonly Call[];
  /** Run once, after every shard's calls; the same in the plan of each shard. */
  readonly batchCalls: readonly Call[];
}

/** Calls in order; before those that have a sum, that sum. */
export function cutIntoStages(
  parts: readonly { readonly sum: BatchSum | undefined; readonly calls: readonly Call[] }[],
): Stage[] {
  const stages: Stage[] = [];
  let calls: Call[] = [];
  for (const part of parts) {
    if (part.sum) {
      stages.push({ calls: [...calls, ...part.sum.shard], batchCalls: part.sum.batch });
      calls = [];
    }
    calls = calls.concat(part.calls);
  }
  return [...stages, { calls, batchCalls: [] }];
}

/** One after another: the last of `first`, `between` and the first of `second` are one stage. */
export function joinStages(
  first: readonly Stage[],
  between: readonly Call[],
  second: readonly Stage[],
): Stage[] {
  const [middle, ...rest] = second;
  const calls = [...first[first.length - 1].calls, ...between, ...middle.calls];
  return [...first.slice(0, -1), { calls, batchCalls: middle.batchCalls }, ...rest];
}
