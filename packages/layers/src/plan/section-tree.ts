// The sum of a gradient over sections of the batch, as a tree by index. Sections come in order, as a binary
// counter: a sum waits until its neighbour of the same size is there, so a tree of n needs log2(n) copies.
import { highest } from '@convbook/core';
import type { Allocator } from '../calls/allocator.ts';
import { call, type Call } from '../calls/call.ts';
import type { GradientPart } from '../calls/gradient-item.ts';
import type { KeptSection, WholeBatchPart } from '../calls/whole-batch.ts';

/** Makes the sum of a part over neighbouring sections at `to`. */
export function sumSections(
  part: WholeBatchPart,
  sections: readonly KeptSection[],
  to: GradientPart,
  arena: Allocator,
): Call[] {
  const levels = sections.map((_, index) => onesOf(index));
  const mark = arena.mark();
  const copies = Array.from({ length: highest(levels) }, () => copyOf(to, arena));
  const sums = [to, ...copies];
  const addDown = (from: number, lowest: number): Call[] =>
    from > lowest ? [addRows(sums[from - 1], sums[from]), ...addDown(from - 1, lowest)] : [];
  const calls = sections.flatMap((section, index) => {
    const level = levels[index];
    // The next section's level is where the sum of those so far has come to lie.
    const lowest = index + 1 < sections.length ? levels[index + 1] - 1 : 0;
    return [...part.sum(section, sums[level], 1), ...addDown(level, lowest)];
  });
  arena.release(mark);
  return calls;
}

/** Divides a part by the samples of the batch. */
export function divideRows({ place, ...rows }: GradientPart, divisor: number): Call {
  return call('divideRows', { x: place, ...rows, divisor });
}

function addRows(to: GradientPart, from: GradientPart): Call {
  const { place: y, rowStride: yStride, rows, columns } = to;
  return call('addRows', { y, yStride, x: from.place, xStride: from.rowStride, rows, columns });
}

// Rows side by side, each of whole vectors.
function copyOf({ rows, columns }: GradientPart, arena: Allocator): GradientPart {
  const rowStride = Math.ceil(columns / 4) * 16;
  return { place: arena.take(rows * rowStride), rowStride, rows, columns };
}

function onesOf(index: number): number {
  let ones = 0;
  for (let rest = index; rest > 0; rest &= rest - 1) ones++;
  return ones;
}
