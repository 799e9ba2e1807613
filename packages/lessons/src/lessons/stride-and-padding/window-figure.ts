import { defineFigure, type Figure, type Place } from '../../figure/figure.ts';
import { movedWindow } from '../../figure/moved-window.ts';
import { numberRange } from '../../figure/number-range.ts';
import { cellAt } from '../../figure/rows.ts';
import { sizeOf, type Axis } from './sizes.ts';
import { viewWindow, type WindowState } from './window-view.ts';

/** Windows along one side; 0 where the filter does not fit. */
function windowsOf(axis: Axis): number {
  const size = sizeOf(axis);
  return typeof size === 'string' ? 0 : size.outputs;
}

function withinReach(state: WindowState): WindowState {
  const last = Math.max(0, windowsOf(state) - 1);
  const { row, column } = state.at;
  return { ...state, at: { row: Math.min(last, row), column: Math.min(last, column) } };
}

/** A filter walks over a padded input with a stride. */
export const window: Figure<WindowState> = {
  id: 'stride-window',
  start: {
    size: 4,
    filter: 3,
    stride: 1,
    padding: 1,
    rounding: 'floor',
    shows: 'numbers',
    at: { row: 0, column: 0 },
  },
  controls: [
    numberRange('size', { en: 'Input', ko: '입력' }, [1, 7], withinReach),
    numberRange('filter', { en: 'Filter', ko: '필터' }, [1, 5], withinReach),
    numberRange('padding', { en: 'Padding', ko: '패딩' }, [0, 3], withinReach),
    numberRange('stride', { en: 'Stride', ko: '스트라이드' }, [1, 4], withinReach),
    {
      kind: 'range',
      label: { en: 'Window', ko: '윈도우' },
      least: 1,
      most: (state) => Math.max(1, windowsOf(state) ** 2),
      get: (state) => state.at.row * windowsOf(state) + state.at.column + 1,
      set: (state, place) => {
        const across = Math.max(1, windowsOf(state));
        return withinReach({ ...state, at: cellAt(place - 1, across) });
      },
      plays: true,
    },
    {
      kind: 'choice',
      label: { en: 'If it is not whole', ko: '나누어떨어지지 않으면' },
      options: [
        { value: 'floor', text: { en: 'round down', ko: '내림' } },
        { value: 'exact', text: { en: 'refuse', ko: '거부' } },
      ],
      get: ({ rounding }) => rounding,
      set: (state, value) => ({ ...state, rounding: value === 'exact' ? 'exact' : 'floor' }),
    },
    {
      kind: 'choice',
      label: { en: 'The input shows', ko: '입력에 보이는 것' },
      options: [
        { value: 'numbers', text: { en: 'its numbers', ko: '입력값' } },
        {
          value: 'windows',
          text: { en: 'how many windows read each', ko: '그 자리를 읽는 윈도우 수' },
        },
      ],
      get: ({ shows }) => shows,
      set: (state, value) => ({ ...state, shows: value === 'windows' ? 'windows' : 'numbers' }),
    },
  ],
  view: viewWindow,
  choose(state, { part, row, column, by }: Place) {
    const { at, stride } = state;
    if (part === 'output') return { ...state, at: { row, column } };
    if (by === 'enter') return state;
    const across = Math.max(1, windowsOf(state));
    const move = (from: number, to: number) => movedWindow({ from, place: to, by, stride, across });
    return { ...state, at: { row: move(at.row, row), column: move(at.column, column) } };
  },
};

export const windowFigure = defineFigure(window);
