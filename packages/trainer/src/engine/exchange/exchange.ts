// All that crosses from one shard to another in a step. Shards are divided among ranks: one process
// is one rank, whose workers see one memory; ranks on other machines see only what is exchanged. An
// exchange moves bytes and never adds: sums are made afterwards, by the same kernels in the same order
// as on one rank, so the bits do not depend on how many there are.

import { startsOf, type Ranks } from '@convbook/layers/plan';

/** One word, 0 until what was started is complete; whoever needs it waits on the word. */
export type Ticket = Int32Array;

/**
 * Calls are collective: all ranks make the same ones in the same order. They come one at a time, from
 * whoever ends a phase, and do not block. The bytes belong to the exchange until the ticket is
 * complete.
 */
export interface Exchange extends Ranks {
  /** Rank r has the bytes from `starts[r]` to `starts[r + 1]`; afterwards all ranks have all. */
  startGather(bytes: Uint8Array, starts: readonly number[]): Ticket;
  /**
   * Gives each rank a part: rank r gets the bytes of `from` from `fromStarts[r]` to
   * `fromStarts[r + 1]`. They come to lie in `to` of rank r, those of rank q from `toStarts[q]` on.
   */
  startScatter(
    from: Uint8Array,
    fromStarts: readonly number[],
    to: Uint8Array,
    toStarts: readonly number[],
  ): Ticket;
  /** The bytes of rank 0 go to all. */
  startSpread(bytes: Uint8Array): Ticket;
}

/** Whether what was started is complete: then its bytes may be read. */
export function isComplete(ticket: Ticket): boolean {
  // Atomic: who sees the word sees the bytes that came before it.
  return Atomics.load(ticket, 0) !== 0;
}

/** The items of one rank. */
export interface Share {
  readonly first: number;
  readonly count: number;
}

export function shareOf(items: number, { rank, ranks }: Ranks): Share {
  const starts = startsOf(items, ranks);
  return { first: starts[rank], count: starts[rank + 1] - starts[rank] };
}
