import { defineFigure, type Figure, type Place } from '../../figure/figure.ts';
import { biasControl } from './bias-control.ts';
import { digits, pixelsOf, side, toDigit } from './digits.ts';
import { filters, filterSide, nextWeight, toWeight } from './filters.ts';
import { mapsOf } from './maps.ts';
import { mapsView, type State } from './maps-view.ts';

const start: State = {
  digit: '2',
  x: pixelsOf('2'),
  weights: filters.map(({ rows }) => rows.flat()),
  bias: -1,
  at: { filter: 1, row: 2, column: 2 },
  cursor: null,
  weightAt: null,
};

/** A digit goes through three filters, bias, ReLU and pooling; every number of it can be changed. */
export const maps: Figure<State> = {
  id: 'digit-two-maps',
  start,
  controls: [
    {
      kind: 'choice',
      label: { en: 'Digit', ko: '숫자' },
      options: digits.map((digit) => ({ value: digit, text: digit })),
      get: ({ digit }) => digit,
      set: (state, digit) => ({ ...state, digit, x: pixelsOf(toDigit(digit)), cursor: null }),
    },
    biasControl(),
    {
      kind: 'button',
      label: { en: 'Back to the 2 of the text', ko: '글의 2로 되돌리기' },
      act: () => start,
    },
    {
      kind: 'numbers',
      label: { en: 'Type weights of the marked filter', ko: '표시된 필터의 가중치 입력하기' },
      columns: filterSide,
      get: ({ weights, at }) => weights[at.filter],
      set: (state, typed) => withWeights(state, state.at.filter, typed.map(toWeight)),
    },
  ],
  view: (state, compute) => mapsView(state, mapsOf(compute, state.x, state.weights, state.bias)),
  choose(state, place) {
    if (place.part === 'input') return choosePixel(state, place);
    const filter = filters.findIndex(({ id }) => place.part.endsWith(`-${id}`));
    const cell = { filter, row: place.row, column: place.column };
    if (place.part.startsWith('map-')) return { ...state, at: cell, cursor: null };
    const chosen = { ...state, weightAt: cell, at: { ...state.at, filter } };
    if (place.by === 'arrow' || place.by === 'drag') return chosen;
    const at = place.row * filterSide + place.column;
    const weights = state.weights[filter].map((weight, k) =>
      k === at ? nextWeight(weight) : weight,
    );
    return withWeights(chosen, filter, weights);
  },
};

export const mapsFigure = defineFigure(maps);

function withWeights(state: State, filter: number, weights: readonly number[]): State {
  return {
    ...state,
    weights: state.weights.map((own, k) => (k === filter ? weights : own)),
  };
}

/** A press turns a pixel over; a drag gives the others what the first became. */
function choosePixel(state: State, { row, column, by }: Place): State {
  const at = row * side + column;
  const cursor = { row, column };
  if (by === 'arrow') return { ...state, cursor };
  const last = state.cursor && state.x[state.cursor.row * side + state.cursor.column];
  const ink = by === 'drag' && last !== null ? last : 1 - state.x[at];
  return { ...state, cursor, x: state.x.map((pixel, k) => (k === at ? ink : pixel)) };
}
