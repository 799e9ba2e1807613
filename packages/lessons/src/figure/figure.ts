// A figure is a state, controls that change it, and a view of it: the same function makes what the book is printed
// with and what a reader sees after each touch.
import type { Html, Text } from '@convbook/page/markup';
import type { Compute } from './compute.ts';

/** A whole number between two ends. */
export interface RangeControl<State> {
  readonly kind: 'range';
  readonly label: Text;
  readonly least: number;
  most(state: State): number;
  get(state: State): number;
  set(state: State, value: number): State;
  /** Whether a button moves it to its end by itself, from its begin where it stands there. */
  readonly plays?: boolean;
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
export interface ButtonControl<State> {
  readonly kind: 'button';
  readonly label: Text;
  act(state: State): State;
}

export type Control<State> =
  RangeControl<State> | ChoiceControl<State> | NumbersControl<State> | ButtonControl<State>;

/** A place in a grid of the view. */
export interface Place {
  /** Name of the grid. */
  readonly part: string;
  readonly row: number;
  readonly column: number;
}

export interface Figure<State> {
  /** Unique in the book. */
  readonly id: string;
  readonly start: State;
  readonly controls: readonly Control<State>[];
  view(state: State, compute: Compute): Html;
  /** The state after a place is pointed at, dragged over, or reached by arrow keys. */
  choose?(state: State, place: Place): State;
}

/** A figure whose state nobody else needs to know. */
export interface AnyFigure {
  readonly id: string;
  use<Result>(take: <State>(figure: Figure<State>) => Result): Result;
}

export function defineFigure<State>(figure: Figure<State>): AnyFigure {
  return { id: figure.id, use: (take) => take(figure) };
}
