import { defineFigure, type Figure } from '../../figure/figure.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { choosePlace, startState, type FilterState } from './filter-state.ts';
import { filterView } from './filter-view.ts';
import { filterOf, filters, filterSide, idOf } from './filters.ts';
import { offerOwnPicture } from './own-picture.ts';

/** Pictures to filter, but for the reader's own. */
export const sources = [
  { value: 'shapes', text: { en: 'test picture', ko: '도형' } },
  ...['2', '5', '8'].map((digit) => ({
    value: digit,
    text: { en: `a ${digit}`, ko: `숫자 ${digit}` },
  })),
];

/** A filter walks over a picture; its weights can be changed one by one. */
export const filterPlay: Figure<FilterState> = {
  id: 'filters-one',
  data: ['some-digits'],
  start: { ...startState, weights: filterOf('sobelX').weights },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Picture', ko: '그림' },
      options: [
        ...sources,
        { value: 'own', text: { en: 'drawn or given by you', ko: '직접 그리거나 고른 그림' } },
      ],
      get: ({ source }) => source,
      set: (state, source) => ({ ...state, source }),
    },
    {
      kind: 'choice',
      label: { en: 'Filter', ko: '필터' },
      options: [
        ...filters.map(({ id, name }) => ({ value: id, text: name })),
        { value: 'own', text: { en: 'your own', ko: '직접 만든 필터' } },
      ],
      get: ({ weights }) => idOf(weights),
      set: (state, id) => (id === 'own' ? state : { ...state, weights: filterOf(id).weights }),
    },
    {
      kind: 'button',
      label: { en: 'Turn the signs', ko: '부호 뒤집기' },
      act: (state) => ({ ...state, weights: state.weights.map((weight) => 0 - weight) }),
    },
    {
      kind: 'button',
      label: { en: 'All weights 0', ko: '가중치를 모두 0으로' },
      act: (state) => ({ ...state, weights: state.weights.map(() => 0) }),
    },
    {
      kind: 'numbers',
      label: { en: 'Type the weights', ko: '가중치 입력하기' },
      columns: filterSide,
      get: ({ weights }) => weights,
      set: (state, weights) => ({ ...state, weights: typedNumbers(weights) }),
    },
  ],
  view: filterView,
  choose: choosePlace,
  attach: offerOwnPicture,
};

export const filterFigure = defineFigure(filterPlay);
