// Gradients that are made from rows of the whole batch, which every rank has: each rank makes some of them and
// gives them to the others, with the sum of squares of each.
import {
  after,
  call,
  runningTotals,
  type Allocator,
  type BatchPlan,
  type Call,
  type GradientItem,
  type Place,
  type Ranks,
  type Shard,
} from '@convbook/layers/plan';

export interface SharedItems {
  /** The gradient items that this rank runs, by their place in the batch's: its own, and those that all make. */
  readonly own: readonly number[];
  /** All that are shared, rank after rank. */
  readonly all: readonly SharedItem[];
  readonly packed: Place;
  /** Rank r gives the packed bytes from `starts[r]` to `starts[r + 1]`. */
  readonly starts: readonly number[];
}

/** A gradient item that one rank makes for all. */
export interface SharedItem {
  readonly item: number;
  /** Where its sum of squares crosses, float64. */
  readonly squares: Place;
  /** Copies its gradient to where it crosses, and back. */
  readonly pack: Call;
  readonly unpack: Call;
}

/** With fewer samples it takes longer to move a gradient than to make it again. */
const leastSamplesToShare = 64;
/** Less is made again while a message crosses. */
const leastBytesToShare = 1_048_576;

/** Bytes before a packed gradient: its sum of squares, and the rest of a vector. */
const headBytes = 16;

/** Shares the items out, each parameter's alike; null where every rank makes all. */
export function planSharedItems(
  batch: BatchPlan,
  { rank, ranks }: Ranks,
  memory: Allocator,
): SharedItems | null {
  const madeFromRows = batch.gradientItems.slice(0, batch.wholeBatchItems);
  const lanes = lanesByRank(batch.cut, batch.shardStarts);
  const owners = ownersOf(madeFromRows, batch.batchSize, lanes);
  if (owners.size === 0) return null;
  const byRank = Array.from({ length: ranks }, (_, r) =>
    [...owners].filter(([, owner]) => owner === r).map(([item]) => item),
  );
  const sizeOf = (item: number) => packedBytes(batch.gradientItems[item]);
  const starts = runningTotals(sharedBytes(madeFromRows, batch.batchSize, lanes));
  const packed = memory.take(starts[ranks]);
  let at = 0;
  const all = byRank.flatMap((items) =>
    items.map((item) => {
      const squares = after(packed, at);
      at += sizeOf(item);
      return { item, squares, ...copiesOf(batch.gradientItems[item], after(squares, headBytes)) };
    }),
  );
  const own = batch.gradientItems.flatMap((_, item) =>
    (owners.get(item) ?? rank) === rank ? [item] : [],
  );
  return { own, all, packed, starts };
}

/** Bytes that each rank gives of its items to each of the others; zeros where every rank makes all. */
export function sharedBytes(
  items: readonly MadeFromRows[],
  samples: number,
  lanes: readonly number[],
): number[] {
  const owners = ownersOf(items, samples, lanes);
  return lanes.map((_, rank) =>
    items.reduce((sum, item, n) => sum + (owners.get(n) === rank ? packedBytes(item) : 0), 0),
  );
}

/** A gradient item, as far as it decides what crosses. */
export type MadeFromRows = Pick<GradientItem, 'parameter' | 'gradient'>;

/** The lanes of each rank's shards. */
export function lanesByRank(shards: readonly Shard[], shardStarts: readonly number[]): number[] {
  const before = runningTotals(shards.map(({ lanes }) => lanes));
  return shardStarts.slice(1).map((end, rank) => before[end] - before[shardStarts[rank]]);
}

/** Who makes which item, where each rank has so many lanes. */
function ownersOf(
  items: readonly MadeFromRows[],
  samples: number,
  lanes: readonly number[],
): Map<number, number> {
  const owners = new Map<number, number>();
  const shared = items.map((item, index) => ({ ...item, index })).filter(canCross);
  const bytes = shared.reduce((sum, item) => sum + packedBytes(item), 0);
  const isTooLittle = samples < leastSamplesToShare || bytes < leastBytesToShare;
  if (lanes.length === 1 || isTooLittle) return owners;
  const before = runningTotals(partsOfRanks(lanes));
  for (const parameter of new Set(shared.map((item) => item.parameter))) {
    const parts = shared.filter((item) => item.parameter === parameter);
    parts.forEach(({ index }, n) => {
      // The rank that has the middle of the item.
      const isBefore = (part: number) => part * parts.length <= n + 0.5;
      owners.set(index, before.findLastIndex(isBefore));
    });
  }
  return owners;
}

/** Forward and backward of a lane together take about twice as long as its part of the gradients made from rows. */
const shardWork = 2;

/** The part of the items that each rank makes: less, where its shards are more. */
export function partsOfRanks(lanes: readonly number[]): number[] {
  const all = lanes.reduce((sum, count) => sum + count, 0);
  const even = (shardWork + 1) / lanes.length;
  const wanted = lanes.map((count) => Math.max(0, even - (shardWork * count) / all));
  const sum = wanted.reduce((total, part) => total + part, 0);
  return wanted.map((part) => part / sum);
}

/** Rows are copied by vectors: one that ends within a vector would take the beginning of the next along. */
function canCross({ gradient: { rows, columns } }: MadeFromRows): boolean {
  return rows === 1 || columns % 4 === 0;
}

function packedBytes({ gradient: { rows, columns } }: MadeFromRows): number {
  return headBytes + rows * Math.ceil(columns / 4) * 16;
}

function copiesOf({ gradient }: GradientItem, packed: Place) {
  const { place, rows, rowStride, columns } = gradient;
  const rowBytes = Math.ceil(columns / 4) * 16;
  const sizes = { planes: 1, rows, rowBytes, toPlane: 0, fromPlane: 0 };
  return {
    pack: call('copyPlanes', {
      ...sizes,
      to: packed,
      toRow: rowBytes,
      from: place,
      fromRow: rowStride,
    }),
    unpack: call('copyPlanes', {
      ...sizes,
      to: place,
      toRow: rowStride,
      from: packed,
      fromRow: rowBytes,
    }),
  };
}
