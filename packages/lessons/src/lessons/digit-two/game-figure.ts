import { formatNumber, type Text } from '@convbook/page/markup';
import { defineFigure, type ChoiceControl, type Figure } from '../../figure/figure.ts';
import type { Cell } from '../../figure/rows.ts';
import { digits, toDigit } from './digits.ts';
import { filters, filterSide, nextWeight } from './filters.ts';
import { gameView } from './game-view.ts';
import type { Game } from './search.ts';

export interface GameState extends Game {
  /** Nine, each −1, 0 or 1. */
  readonly weights: readonly number[];
  readonly help: string;
  /** The weight that was changed last or that keys stand on. */
  readonly cursor: Cell | null;
}

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
    {
      kind: 'range',
      label: { en: 'Bias', ko: '편향' },
      least: -4,
      most: () => 2,
      get: ({ bias }) => bias,
      set: (state, bias) => ({ ...state, bias }),
      shown: (bias) => formatNumber(bias),
    },
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
