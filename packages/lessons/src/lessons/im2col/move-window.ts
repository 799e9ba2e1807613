import type { Reach } from '../../figure/figure.ts';

interface Move {
  /** The window now, counted along one side. */
  readonly from: number;
  /** Row or column of the image that was reached. */
  readonly place: number;
  readonly by: Reach;
  readonly kernel: number;
  readonly stride: number;
  /** Windows along the side. */
  readonly across: number;
}

/** The window along one side: a finger holds it by its middle, an arrow key moves it by one stride. */
export function movedWindow({ from, place, by, kernel, stride, across }: Move): number {
  const isHeld = by === 'press' || by === 'drag';
  const to = isHeld
    ? Math.floor((place - Math.floor(kernel / 2)) / stride)
    : from + Math.sign(place - from * stride);
  return Math.min(across - 1, Math.max(0, to));
}
