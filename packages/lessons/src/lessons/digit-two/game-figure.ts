import type { Text } from '@convbook/page/markup';
import { defineFigure, type ChoiceControl, type Figure } from '../../figure/figure.ts';
import { biasControl } from './bias-control.ts';
import { digits, toDigit } from './digits.ts';
import { filters, filterSide, nextWeight } from './filters.ts';
import { gameView, type GameState } from './game-view.ts';

const digitControl = (name: 'found' | 'other', label: Text): ChoiceControl<GameState> => ({
  kind: 'choice',
  label,
  options: digits.map((digit) => ({ value: digit, text: digit })),
  get: (state) => state[name],
  set: (state, value) => ({ ...state, [name]: toDigit(value) }),
});

/** One looks for a filter that answers to one digit and not to another. */
export const game: Figure<GameState> = {
  id: 'digit-two-game',
  start: {
    found: '2',
    other: '7',
    bias: -1,
    weights: filters[0].rows.flat(),
    help: 'none',
    cursor: null,
  },
  controls: [
    digitControl('found', { en: 'Answer to', ko: '반응할 숫자' }),
    digitControl('other', { en: 'but not to', ko: '반응하지 않을 숫자' }),
    biasControl(),
    {
      kind: 'choice',
      label: { en: 'Help', ko: '도움말' },
      options: [
        { value: 'none', text: { en: 'none', ko: '없음' } },
        { value: 'hint', text: { en: 'a hint', ko: '힌트' } },
        { value: 'best', text: { en: 'the best filter', ko: '가장 좋은 필터' } },
      ],
      get: ({ help }) => help,
      set: (state, help) => ({ ...state, help }),
    },
    {
      kind: 'button',
      label: { en: 'Clear the filter', ko: '필터 비우기' },
      act: (state) => ({ ...state, weights: state.weights.map(() => 0), cursor: null }),
    },
  ],
  view: gameView,
  choose(state, { row, column, by }) {
    const cursor = { row, column };
    if (by === 'arrow' || by === 'drag') return { ...state, cursor };
    const at = row * filterSide + column;
    return { ...state, cursor, weights: state.weights.with(at, nextWeight(state.weights[at])) };
  },
};

export const gameFigure = defineFigure(game);
