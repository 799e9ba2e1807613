/// <reference lib="dom" />
// A figure is a state, controls that change it, and a view of it: the same function makes what the book is printed
// with and what a reader sees after each touch.
import type { Html, Text } from '@convbook/page/markup';
import type { Compute } from './compute.ts';

/** A number between two ends. */
export interface RangeControl<State> {
  readonly kind: 'range';
  readonly label: Text;
  readonly least: number;
  most(state: State): number;
  /** Distance of two places of the slider; default 1. */
  readonly step?: number;
  get(state: State): number;
  set(state: State, value: number): State;
  /** The value as it stands beside the slider, where it is not the number itself: `0.01` for a place of `-2`. */
  shown?(value: number): Text | string;
  /** Whether a button moves it to its end by itself, from its begin where it stands there. */
  readonly plays?: boolean;
}

/** A whole number to type in. What cannot be read leaves the state as it is. */
export interface CountControl<State> {
  readonly kind: 'count';
  readonly label: Text;
  readonly least: number;
  readonly most: number;
  get(state: State): number;
  set(state: State, value: number): State;
  /** Whether the state has no use for it. */
  isOff?(state: State): boolean;
}

/** One of some texts. */
export interface ChoiceControl<State> {
  readonly kind: 'choice';
  readonly label: Text;
  readonly options: readonly { readonly value: string; readonly text: Text | string }[];
  get(state: State): string;
  set(state: State, value: string): State;
}

/** A grid of numbers to type in. */
export interface NumbersControl<State> {
  readonly kind: 'numbers';
  readonly label: Text;
  readonly columns: number;
  get(state: State): readonly number[];
  set(state: State, values: readonly number[]): State;
}

/** Something done at once. */
interface ButtonControl<State> {
  readonly kind: 'button';
  readonly label: Text;
  act(state: State): State;
}

export type Control<State> =
  | RangeControl<State>
  | CountControl<State>
  | ChoiceControl<State>
  | NumbersControl<State>
  | ButtonControl<State>;

/**
 * How a place was reached; `enter` is the key Enter or the space bar at the place, `hover` a mouse over a
 * surface that hears it.
 */
export type Reach = 'press' | 'drag' | 'hover' | 'arrow' | 'enter';

/** A place in a grid of the view. */
export interface Place {
  /** Name of the grid. */
  readonly part: string;
  readonly row: number;
  readonly column: number;
  readonly by: Reach;
}

/** What a figure's own code in a page reads and changes. */
export interface Host<State> {
  read(): State;
  show(state: State): void;
}

export interface Figure<State> {
  /** Unique in the book. */
  readonly id: string;
  /** Names of the data that it reads, `Lesson.data`. */
  readonly data?: readonly string[];
  readonly start: State;
  readonly controls: readonly Control<State>[];
  view(state: State, compute: Compute): Html;
  /** Whether two states have the same view, which is not made anew then; default never. */
  looksAlike?(before: State, after: State): boolean;
  /** The state after a place is pressed, dragged over, or reached by keys. */
  choose?(state: State, place: Place): State;
  /** For what only a page has, such as a camera, a file or a clock: called once, when the figure comes near. */
  attach?(part: HTMLElement, host: Host<State>, compute: Compute): void;
}

/** A figure whose state nobody else needs to know. */
export interface AnyFigure {
  readonly id: string;
  use<Result>(take: <State>(figure: Figure<State>) => Result): Result;
}

export function defineFigure<State>(figure: Figure<State>): AnyFigure {
  return { id: figure.id, use: (take) => take(figure) };
}
