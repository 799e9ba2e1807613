// Gradients that are made from rows of the whole batch, which every rank has: each rank makes some of them and
// gives them to the others, with the sum of squares of each.
import {
  after,
  call,
  runningTotals,
  startsOf,
  type Allocator,
  type BatchPlan,
  type Call,
  type GradientItem,
  type Place,
  type Ranks,
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

/** Shares the items out, each parameter's evenly; null where every rank makes all. */
export function planSharedItems(
  batch: BatchPlan,
  { rank, ranks }: Ranks,
  memory: Allocator,
): SharedItems | null {
  const madeFromRows = batch.gradientItems.slice(0, batch.wholeBatchItems);
  const owners = ownersOf(madeFromRows, batch.batchSize, ranks);
  if (owners.size === 0) return null;
  const byRank = Array.from({ length: ranks }, (_, r) =>
    [...owners].filter(([, owner]) => owner === r).map(([item]) => item),
  );
  const sizeOf = (item: number) => packedBytes(batch.gradientItems[item]);
  const starts = runningTotals(sharedBytes(madeFromRows, batch.batchSize, ranks));
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
  ranks: number,
): number[] {
  const owners = ownersOf(items, samples, ranks);
  return Array.from({ length: ranks }, (_, rank) =>
    items.reduce((sum, item, n) => sum + (owners.get(n) === rank ? packedBytes(item) : 0), 0),
  );
}

/** A gradient item, as far as it decides what crosses. */
export type MadeFromRows = Pick<GradientItem, 'parameter' | 'gradient'>;

/** Who makes which item. */
function ownersOf(
  items: readonly MadeFromRows[],
  samples: number,
  ranks: number,
): Map<number, number> {
  const owners = new Map<number, number>();
  const shared = items.map((item, index) => ({ ...item, index })).filter(canCross);
  const bytes = shared.reduce((sum, item) => sum + packedBytes(item), 0);
  if (ranks === 1 || samples < leastSamplesToShare || bytes < leastBytesToShare) return owners;
  for (const parameter of new Set(shared.map((item) => item.parameter))) {
    const parts = shared.filter((item) => item.parameter === parameter);
    const starts = startsOf(parts.length, ranks);
    parts.forEach(({ index }, n) =>
      owners.set(
        index,
        starts.findLastIndex((start) => start <= n),
      ),
    );
  }
  return owners;
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
