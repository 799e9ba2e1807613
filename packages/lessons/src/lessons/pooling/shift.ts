// A digit that is shifted and pooled, and how much of it changes.
import { highest, lowest } from '@convbook/core';
import { conv2d } from '@convbook/layers';
import { digitSide } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { kinds, type Kind } from './kinds.ts';

/** Windows that divide the digit evenly; 1 pools nothing, the last leaves one number. */
export const sizes = [1, 2, 4, 7, 14, 28];

/** Pixels by which a digit is shifted at most: `centred` leaves as many around each. */
export const reach = 4;

export interface ShiftState {
  /** 0 to 9. */
  readonly digit: number;
  readonly right: number;
  readonly down: number;
  /** Place in `sizes`. */
  readonly size: number;
  readonly kind: Kind;
}

const input = [1, digitSide, digitSide];

/** A digit as it is, and shifted: pixels from 0 to 1. */
export interface ShiftedDigit {
  readonly still: readonly number[];
  readonly moved: readonly number[];
}

/** A digit moved by a convolution: its filter is 0 but for a 1 off the middle. */
export function shiftDigit(
  compute: Compute,
  still: readonly number[],
  { right, down }: Pick<ShiftState, 'right' | 'down'>,
): ShiftedDigit {
  const kernelSize = 2 * reach + 1;
  const filter = new Float32Array(kernelSize ** 2);
  filter[(reach - down) * kernelSize + reach - right] = 1;
  const layer = conv2d({ filters: 1, kernelSize, padding: reach });
  const { values: moved } = compute.run(input, [layer], still, { 'conv1.weight': filter });
  return { still, moved };
}

/**
 * A digit in the middle of its picture. MNIST's digits are at most 20×20, but their mass lies in the
 * middle, so some of their ink would leave the picture where they are shifted.
 */
export function centred(compute: Compute, pixels: readonly number[]): readonly number[] {
  const ink = [...pixels.keys()].filter((k) => pixels[k] > 0);
  const toMiddle = (places: readonly number[]) =>
    Math.floor((digitSide - 1 - lowest(places) - highest(places)) / 2);
  const right = toMiddle(ink.map((k) => k % digitSide));
  const down = toMiddle(ink.map((k) => Math.floor(k / digitSide)));
  return shiftDigit(compute, pixels, { right, down }).moved;
}

/** Both pooled by windows that do not overlap. */
export function poolBoth(
  compute: Compute,
  { still, moved }: ShiftedDigit,
  kind: Kind,
  size: number,
): ShiftedDigit {
  const pool = (x: readonly number[]) =>
    compute.run(input, [kinds[kind].layer(size, size)], x).values;
  return { still: pool(still), moved: pool(moved) };
}

/** Share of outputs that the shift changes, among those that are not 0 both times. */
export function shareChanged(
  compute: Compute,
  digit: ShiftedDigit,
  kind: Kind,
  size: number,
): number {
  const { still, moved } = poolBoth(compute, digit, kind, size);
  const seen = [...still.keys()].filter((k) => still[k] > 0 || moved[k] > 0);
  return seen.filter((k) => still[k] !== moved[k]).length / seen.length;
}
