import { digitBytes, digitSide, readDigits } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import type { ModelName } from './models.ts';
import { networkOf, predicted, probabilities } from './networks.ts';

/** Pixels that an image moves; down and to the right are positive. */
export interface Shift {
  readonly down: number;
  readonly right: number;
}

/** The largest shift in each direction. */
export const farthest = 4;

/** Every shift, row by row. */
export const shifts: readonly Shift[] = Array.from({ length: (2 * farthest + 1) ** 2 }, (_, k) => ({
  down: Math.floor(k / (2 * farthest + 1)) - farthest,
  right: (k % (2 * farthest + 1)) - farthest,
}));

/** Number of a shift among all. */
function shiftIndex({ down, right }: Shift): number {
  return (down + farthest) * (2 * farthest + 1) + right + farthest;
}

/** An image `[28, 28]` moved over black ground; what leaves it is lost. */
export function shifted(bytes: Uint8Array, { down, right }: Shift): Uint8Array {
  const moved = new Uint8Array(bytes.length);
  for (let row = Math.max(0, down); row < Math.min(digitSide, digitSide + down); row++) {
    const from = (row - down) * digitSide;
    const line = bytes.subarray(from + Math.max(0, -right), from + digitSide - Math.max(0, right));
    moved.set(line, row * digitSide + Math.max(0, right));
  }
  return moved;
}

const counted = new WeakMap<Compute, Map<string, number>>();

/** Images of the hundred that a network gets right after a shift, as far as they have been counted. */
export function knownCorrect(compute: Compute, name: ModelName, shift: Shift): number | null {
  return counted.get(compute)?.get(keyOf(name, shift)) ?? null;
}

/** The same, counted now: some milliseconds the first time. */
export function countCorrect(compute: Compute, name: ModelName, shift: Shift): number {
  const known = knownCorrect(compute, name, shift);
  if (known !== null) return known;
  const digits = readDigits(compute.data('hundred-digits'));
  const images = Array.from(digits.labels, (_, k) => shifted(digitBytes(digits, k), shift));
  const found = probabilities(networkOf(compute, name), images).map(predicted);
  const correct = found.filter((digit, k) => digit === digits.labels[k]).length;
  const own = counted.get(compute) ?? new Map<string, number>();
  counted.set(compute, own.set(keyOf(name, shift), correct));
  return correct;
}

const keyOf = (name: ModelName, shift: Shift) => `${name} ${shiftIndex(shift)}`;
