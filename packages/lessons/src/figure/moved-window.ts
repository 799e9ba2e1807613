import type { Reach } from './figure.ts';
import { within } from './within.ts';

interface Move {
  /** The window now, counted along one side. */
  readonly from: number;
  /** Row or column of the input that was reached. */
  readonly place: number;
  readonly by: Reach;
  readonly stride: number;
  /** Windows along the side. */
  readonly across: number;
  /** How far from its first row or column a finger holds the window; default 0. */
  readonly grip?: number;
}

/** The window along one side after a place of the input is reached: an arrow key moves it by one stride. */
export function movedWindow({ from, place, by, stride, across, grip = 0 }: Move): number {
  const isHeld = by === 'press' || by === 'drag';
  const to = isHeld ? Math.floor((place - grip) / stride) : from + Math.sign(place - from * stride);
  return within(to, 0, across - 1);
}
