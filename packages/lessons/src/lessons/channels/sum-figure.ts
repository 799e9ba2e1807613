import { outputSize } from '@convbook/core';
import { defineFigure, type Control, type Figure, type Place } from '../../figure/figure.ts';
import { cellAt } from '../../figure/rows.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { colorFilters, filterNames, filterSide, isFilterName, nameOf } from './color-filters.ts';
import { channels, colors, isColor, paintedPicture, side } from './colors.ts';
import type { SumState } from './sum-state.ts';
import { viewSum } from './sum-view.ts';

/** Places of the window along one side. */
const windows = outputSize(side, filterSide, 1, 0);
const area = filterSide ** 2;

/** Numbers of one slice to type in. */
function sliceControl(channel: number): Control<SumState> {
  const { text } = channels[channel];
  return {
    kind: 'numbers',
    label: {
      en: `Change the ${text.en.toLowerCase()} slice`,
      ko: `필터의 ${text.ko} 채널 가중치 바꾸기`,
    },
    columns: filterSide,
    get: ({ weights }) => weights.slice(channel * area, (channel + 1) * area),
    set: (state, values) => {
      const slice = typedNumbers(values);
      const weights = state.weights.map((weight, k) =>
        Math.floor(k / area) === channel ? slice[k % area] : weight,
      );
      return { ...state, weights };
    },
  };
}

/** A filter of three slices walks over a colour picture; the three sums become one number. */
export const sum: Figure<SumState> = {
  id: 'channels-sum',
  start: {
    picture: paintedPicture,
    brush: 'red',
    cursor: { row: 0, column: 0 },
    weights: colorFilters.redLine.weights,
    at: { row: 0, column: 0 },
  },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Filter', ko: '필터' },
      options: [
        ...filterNames.map((value) => ({ value, text: colorFilters[value].text })),
        { value: 'own', text: { en: 'your own', ko: '직접 만든 필터' } },
      ],
      get: ({ weights }) => nameOf(weights) ?? 'own',
      set: (state, value) =>
        isFilterName(value) ? { ...state, weights: colorFilters[value].weights } : state,
    },
    {
      kind: 'range',
      label: { en: 'Window', ko: '윈도우' },
      least: 1,
      most: () => windows ** 2,
      get: ({ at }) => at.row * windows + at.column + 1,
      set: (state, place) => ({
        ...state,
        at: cellAt(place - 1, windows),
      }),
      plays: true,
    },
    {
      kind: 'choice',
      label: { en: 'Paint with', ko: '칠할 색' },
      options: Object.entries(colors).map(([value, { text }]) => ({ value, text })),
      get: ({ brush }) => brush,
      set: (state, value) => (isColor(value) ? { ...state, brush: value } : state),
    },
    sliceControl(0),
    sliceControl(1),
    sliceControl(2),
  ],
  view: viewSum,
  choose(state, { part, row, column, by }: Place) {
    if (part !== 'picture') {
      const near = (place: number) => Math.min(windows - 1, place);
      return { ...state, at: { row: near(row), column: near(column) } };
    }
    const cursor = { row, column };
    if (by === 'arrow') return { ...state, cursor };
    return { ...state, cursor, picture: state.picture.with(row * side + column, state.brush) };
  },
};

export const sumFigure = defineFigure(sum);
