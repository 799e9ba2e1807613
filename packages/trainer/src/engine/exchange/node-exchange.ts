// A gradient is the tree of sums over leaves: the shards of a batch, or its sections. A rank sums its own
// leaves to whole nodes of the tree. Each rank owns a range of the gradient: it is given that range of every
// node, adds them in the order of the tree, and gives the sum of the range to all.
import { highest } from '@convbook/core';
import {
  additionsOf,
  after,
  alignment,
  call,
  cut,
  nodesOf,
  runningTotals,
  startsOf,
  type Call,
  type Place,
  type Ranks,
  type TreeNode,
} from '@convbook/layers/plan';

/** Sums of nodes that ranks have, none of them divided. */
export interface NodeSums {
  /** Rank r has the leaves from `leafStarts[r]` to `leafStarts[r + 1]`. */
  readonly leafStarts: readonly number[];
  /** Bytes of a sum. */
  readonly bytes: number;
  /** Where the sums of this rank's nodes lie, in order. */
  readonly slots: readonly Place[];
  /** Where the sum of all leaves comes to lie on every rank. */
  readonly sum: Place;
}

export interface NodeExchange {
  /** One for each node that a rank has, as many as the rank with the most: no rank packs or unpacks. */
  readonly scatters: readonly NodeScatter[];
  /** The calls of an item add a part of this rank's range. */
  readonly items: readonly (readonly Call[])[];
  readonly sum: Place;
  /** Rank r owns the bytes of the sum from `rangeStarts[r]` to `rangeStarts[r + 1]`. */
  readonly rangeStarts: readonly number[];
}

/** The ranges of a node of this rank go to their owners; null where it has no such node. */
export interface NodeScatter {
  readonly from: Place | null;
  readonly fromStarts: readonly number[];
  readonly to: Place;
  readonly toStarts: readonly number[];
}

/**
 * Sums that are so small that a second crossing would take longer than the bytes it saves: every rank is given
 * all nodes.
 */
export interface WholeSums {
  /** Sum this rank's leaves to its nodes, and put them where they cross. */
  readonly before: readonly Call[];
  readonly gathered: Place;
  /** Rank r has the bytes from `starts[r]` to `starts[r + 1]`. */
  readonly starts: readonly number[];
  /** Add all nodes. */
  readonly after: readonly Call[];
}

/** Bytes that a network moves while one message crosses it: about 60 µs at 1 GB/s. */
const mostWholeBytes = 65_536;

export function crossesWhole(sums: Pick<NodeSums, 'leafStarts' | 'bytes'>): boolean {
  return wholeBytes(sums) <= mostWholeBytes;
}

/** Bytes of all nodes. */
export function wholeBytes({ leafStarts, bytes }: Pick<NodeSums, 'leafStarts' | 'bytes'>): number {
  return nodesByRank(leafStarts).flat().length * bytes;
}

export function planWholeSums(
  { leafStarts, bytes, slots, sum }: NodeSums,
  { rank }: Ranks,
  gathered: Place,
): WholeSums {
  const byRank = nodesByRank(leafStarts);
  const counts = runningTotals(byRank.map(({ length }) => length));
  const placeOf = (node: number) => after(gathered, node * bytes);
  const copies = slots.map((slot, n) => copy(slot, placeOf(counts[rank] + n), bytes));
  const parts = byRank.flat().map((node, n) => ({ node, place: placeOf(n) }));
  return {
    before: [...sumLeaves(byRank[rank], slots, bytes).flat(), ...copies],
    gathered,
    starts: counts.map((count) => count * bytes),
    after: addParts(parts, sum, 0, bytes),
  };
}

/** The nodes of each rank. */
export function nodesByRank(leafStarts: readonly number[]): TreeNode[][] {
  const leaves = leafStarts[leafStarts.length - 1];
  return leafStarts.slice(0, -1).map((from, rank) => nodesOf(from, leafStarts[rank + 1], leaves));
}

/** Where the bytes of a sum that each rank owns begin: whole cache lines. */
export function rangeStartsOf(bytes: number, ranks: number): number[] {
  return startsOf(bytes / alignment, ranks).map((line) => line * alignment);
}

/** Plans the exchange of some sums; what a rank is given comes to lie from `received` on. */
export function planNodeExchange(
  { leafStarts, bytes, slots, sum }: NodeSums,
  { rank, ranks }: Ranks,
  received: Place,
): NodeExchange {
  const rangeStarts = rangeStartsOf(bytes, ranks);
  const own = { first: rangeStarts[rank], bytes: rangeStarts[rank + 1] - rangeStarts[rank] };
  const nodes = nodesByRank(leafStarts);
  const rounds = roundsOf(nodes);
  const scatters = rounds.map(({ owners, before }, round): NodeScatter => {
    const from = slots[round] ?? null;
    return {
      from,
      fromStarts: from ? rangeStarts : rangeStarts.map(() => 0),
      to: after(received, before * own.bytes),
      toStarts: runningTotals(owners).map((count) => count * own.bytes),
    };
  });
  const parts = nodes.flatMap((of, owner) =>
    of.map((node, round) => ({
      node,
      place: after(scatters[round].to, scatters[round].toStarts[owner]),
    })),
  );
  const ownSum = after(sum, own.first);
  const items = cut(own.bytes / 4).map(([from, to]) => addParts(parts, ownSum, from * 4, to * 4));
  return { scatters, items, sum, rangeStarts };
}

/** Bytes that a rank is given before it adds: its range of every node. */
export function receivedBytes({ leafStarts, bytes }: NodeSums, { rank, ranks }: Ranks): number {
  const rangeStarts = rangeStartsOf(bytes, ranks);
  return nodesByRank(leafStarts).flat().length * (rangeStarts[rank + 1] - rangeStarts[rank]);
}

/** Sums the copies that neighbouring leaves of a rank have to its nodes, each in the copy of its first leaf. */
export function sumLeaves(
  nodes: readonly TreeNode[],
  slots: readonly Place[],
  bytes: number,
): Call[][] {
  if (nodes.every(({ count }) => count === 1)) return [];
  return cut(bytes / 4).map(([from, to]) =>
    nodes.flatMap(({ count: shards }, node) => {
      if (shards === 1) return [];
      const sizes = { shardStride: bytes, shards, vectors: (to - from) / 4, divisor: 1 };
      return [call('sumShards', { first: after(slots[node], from * 4), ...sizes })];
    }),
  );
}

interface Round {
  /** How many nodes, 0 or 1, each rank scatters. */
  readonly owners: readonly number[];
  /** Nodes of earlier rounds. */
  readonly before: number;
}

function roundsOf(nodes: readonly (readonly TreeNode[])[]): Round[] {
  const most = highest(nodes.map(({ length }) => length));
  let before = 0;
  return Array.from({ length: most }, (_, round) => {
    const owners = nodes.map(({ length }) => (round < length ? 1 : 0));
    const first = before;
    before += owners.filter((count) => count > 0).length;
    return { owners, before: first };
  });
}

interface ReceivedNode {
  readonly node: TreeNode;
  readonly place: Place;
}

/** Adds bytes `from` to `to` of the range over all nodes; the last addition leaves its sum at `sum`. */
function addParts(parts: readonly ReceivedNode[], sum: Place, from: number, to: number): Call[] {
  const leaves = parts.reduce((most, { node }) => Math.max(most, node.first + node.count), 0);
  const additions = additionsOf(
    parts.map(({ node }) => node),
    leaves,
  );
  const bytes = to - from;
  const at = (part: number) => after(parts[part].place, from);
  if (additions.length === 0) return [copy(at(0), after(sum, from), bytes)];
  return additions.map((addition, n) => {
    const a = at(addition.to);
    const y = n < additions.length - 1 ? a : after(sum, from);
    return call('add', { y, a, b: at(addition.from), vectors: bytes / 16, relu: 0 });
  });
}

function copy(from: Place, to: Place, rowBytes: number): Call {
  const planes = { planes: 1, rows: 1, rowBytes };
  return call('copyPlanes', {
    to,
    toPlane: 0,
    toRow: 0,
    from,
    fromPlane: 0,
    fromRow: 0,
    ...planes,
  });
}
