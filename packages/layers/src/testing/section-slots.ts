// The sums of sections that a kept batch leaves, and their additions in float32.
import type { KeptBatch } from './kept-batch.ts';

/** The sums of single sections or of nodes, as the batch has left them in its slots. */
export function slotsOf(batch: KeptBatch): Float32Array[] {
  const sums = batch.plan.sectionSums;
  if (!sums) throw new Error('the batch was planned without nodes');
  for (const { calls } of sums.items) batch.run(calls);
  const { slots, slotBytes, nodes } = sums;
  return nodes.map((_, n) => {
    const place = { ...slots, offset: slots.offset + n * slotBytes };
    return batch.floatsAt(place, slotBytes / 4).slice();
  });
}

export function addTo(to: Float32Array, from: Float32Array): void {
  from.forEach((value, i) => (to[i] = Math.fround(to[i] + value)));
}

/** The sums as a tree by index, in float32. */
export function treeOf(slots: readonly Float32Array[]): Float32Array {
  const sums = slots.map((slot) => slot.slice());
  for (let step = 1; step < sums.length; step *= 2) {
    for (let s = 0; s + step < sums.length; s += 2 * step) addTo(sums[s], sums[s + step]);
  }
  return sums[0];
}
