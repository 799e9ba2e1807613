import type { Compute } from '../figure/compute.ts';
import type { AnyFigure, Control, Figure, Place } from '../figure/figure.ts';
import { viewText } from './book-compute.ts';

/** A control by its English label and what it is set to, or a place that is chosen. */
export type Move = readonly [label: string, value?: number | string | readonly number[]] | Place;

/** What a reader sees of a figure after some moves. */
export function playedText(
  figure: AnyFigure,
  compute: Compute,
  moves: readonly Move[] = [],
): string {
  return figure.use((own) => viewText(own, stateAfter(own, moves), compute));
}

function stateAfter<State>(figure: Figure<State>, moves: readonly Move[]): State {
  return moves.reduce((state, move) => {
    if ('part' in move) return figure.choose?.(state, move) ?? state;
    const [label, value] = move;
    const control = figure.controls.find((one) => one.label.en === label);
    if (control) return setControl(control, state, value);
    throw new Error(`${figure.id}: expected a control, got ${label}; name one by its label`);
  }, figure.start);
}

function setControl<State>(
  control: Control<State>,
  state: State,
  value: number | string | readonly number[] | undefined,
): State {
  if (control.kind === 'button') return control.act(state);
  if (control.kind === 'range' && typeof value === 'number') return control.set(state, value);
  if (control.kind === 'choice' && typeof value === 'string') return control.set(state, value);
  if (control.kind === 'numbers' && typeof value === 'object') return control.set(state, value);
  throw new Error(`${control.kind}: expected a value of its kind, got ${String(value)}`);
}
