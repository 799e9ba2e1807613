// Ranks that are states of one process: what MPI does between machines, by copying.
import type { Exchange, Ticket } from '../engine/exchange/exchange.ts';

/** One rank's part in a collective call. */
interface Part {
  readonly kind: 'gather' | 'scatter' | 'spread';
  /** The bytes for another rank. */
  give(to: number): Uint8Array;
  /** Puts the bytes of another rank where they belong. */
  take(bytes: Uint8Array, from: number): void;
}

interface Call {
  readonly parts: Map<number, Part>;
  readonly tickets: Ticket[];
}

const nothing = new Uint8Array(0);

/** An exchange for each rank. The n-th calls of all are one: it is complete when the last rank joins. */
export function createRanksInProcess(ranks: number): Exchange[] {
  const calls: Call[] = [];
  return Array.from({ length: ranks }, (_, rank) => {
    let made = 0;
    const join = (part: Part): Ticket => {
      const call = (calls[made++] ??= { parts: new Map(), tickets: [] });
      const ticket = new Int32Array(1);
      call.parts.set(rank, part);
      call.tickets.push(ticket);
      if (call.parts.size === ranks) complete(call);
      return ticket;
    };
    return createRank(rank, ranks, join);
  });
}

function createRank(rank: number, ranks: number, join: (part: Part) => Ticket): Exchange {
  return {
    rank,
    ranks,
    startGather: (bytes, starts) =>
      join({
        kind: 'gather',
        give: () => bytes.subarray(starts[rank], starts[rank + 1]),
        take: (part, from) => bytes.set(part, starts[from]),
      }),
    startScatter: (from, fromStarts, to, toStarts) =>
      join({
        kind: 'scatter',
        give: (receiver) => from.subarray(fromStarts[receiver], fromStarts[receiver + 1]),
        take: (part, giver) => to.set(part, toStarts[giver]),
      }),
    startSpread: (bytes) =>
      join({
        kind: 'spread',
        give: () => (rank === 0 ? bytes : nothing),
        take: (part) => bytes.set(part),
      }),
  };
}

function complete({ parts, tickets }: Call): void {
  const kinds = new Set([...parts.values()].map(({ kind }) => kind));
  if (kinds.size > 1) {
    throw new Error(`ranks: expected all to make the same call, got ${[...kinds].join(', ')}`);
  }
  for (const [to, receiver] of parts) {
    for (const [from, giver] of parts) receiver.take(giver.give(to), from);
  }
  for (const ticket of tickets) Atomics.store(ticket, 0, 1);
}
