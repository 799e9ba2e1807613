import { ConfigurationError } from '@convbook/core';
import { keyOf, philox, Purpose } from '@convbook/core/random';
import { proportions } from './proportions.ts';

/**
 * `stratified`: at random, each class in its proportion, whatever the order of the samples. `in
 * order`: the first samples are used, the last of these held out, as earlier versions did.
 */
export type Sampling = 'stratified' | 'in order';

/** Which training samples are used, and for what. */
export interface Split {
  /** Use only this many samples; null for all. */
  limit: number | null;
  /** Hold out this many of those. */
  validation: number;
  /** Decides which. */
  seed: number;
  /** Default `stratified`. */
  sampling?: Sampling;
}

/** Indexes of samples, ascending. */
export interface SplitIndexes {
  train: Uint32Array;
  validation: Uint32Array;
}

/**
 * The samples to train on, and those held out. Which these are depends on the labels, the numbers
 * and the seed alone.
 *
 * Throws ConfigurationError for a limit that is not an integer from 1 to the samples there are, and
 * for a validation set that is not an integer of at least 0 or leaves nothing to train on.
 */
export function limitAndHoldOut(
  labels: Uint8Array,
  { limit, validation, seed, sampling = 'stratified' }: Split,
): SplitIndexes {
  const count = limit ?? labels.length;
  checkNumber('limit', count, 1, labels.length);
  checkNumber('validation', validation, 0, count - 1);
  const all = allIndexes(labels.length);
  if (sampling === 'in order') {
    const kept = count - validation;
    return { train: all.subarray(0, kept), validation: all.subarray(kept, count) };
  }
  const used = draw(all, labels, count, { seed, purpose: Purpose.limit, leavesOne: false }).drawn;
  const held = { seed, purpose: Purpose.validation, leavesOne: true };
  const { drawn, rest } = draw(used, labels, validation, held);
  return { train: rest, validation: drawn };
}

/** The indexes 0 to `count` − 1 (60,000 in 0.1 ms; `Uint32Array.from` an iterator takes 25). */
export function allIndexes(count: number): Uint32Array<ArrayBuffer> {
  const indexes = new Uint32Array(count);
  for (let index = 0; index < count; index++) indexes[index] = index;
  return indexes;
}

interface Draw {
  readonly seed: number;
  readonly purpose: Purpose;
  readonly leavesOne: boolean;
}

/**
 * Draws `total` of the samples `from`, each class in its proportion, by selection sampling (Knuth, The
 * Art of Computer Programming 3.4.2 S): a sample is drawn with probability needed / left of its class.
 */
function draw(
  from: Uint32Array,
  labels: Uint8Array,
  total: number,
  { seed, purpose, leavesOne }: Draw,
): { drawn: Uint32Array; rest: Uint32Array } {
  if (total === from.length) return { drawn: from, rest: from.subarray(total) };
  if (total === 0) return { drawn: from.subarray(0, 0), rest: from };
  const left = new Array<number>(256).fill(0);
  for (const index of from) left[labels[index]]++;
  const needed = proportions(left, total, leavesOne);
  const key = keyOf(seed);
  const words = new Uint32Array(4);
  const drawn = new Uint32Array(total);
  const rest = new Uint32Array(from.length - total);
  let at = 0;
  from.forEach((index, place) => {
    const label = labels[index];
    philox([0, index, 0, purpose], key, words);
    if (words[0] * left[label]-- < needed[label] * 0x100000000) {
      needed[label]--;
      drawn[at++] = index;
    } else rest[place - at] = index;
  });
  return { drawn, rest };
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new ConfigurationError(
    `${name}: expected an integer from ${least} to ${most} training samples, got ${value}; choose one in that range`,
  );
}
