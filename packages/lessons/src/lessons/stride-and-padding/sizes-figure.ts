import { defineFigure, type Figure } from '../../figure/figure.ts';
import { numberRange } from '../../figure/number-range.ts';
import { sizesView } from './sizes-view.ts';
import { paddings, strides, type Axis } from './sizes.ts';

/** The texts' own examples, each by its numbers. */
export const examples: readonly Axis[] = [
  { size: 4, filter: 3, stride: 1, padding: 1 },
  { size: 4, filter: 3, stride: 2, padding: 1 },
  { size: 4, filter: 3, stride: 3, padding: 1 },
  { size: 28, filter: 3, stride: 2, padding: 1 },
  { size: 39, filter: 4, stride: 1, padding: 0 },
  { size: 7, filter: 3, stride: 2, padding: 0 },
  { size: 28, filter: 5, stride: 3, padding: 2 },
  { size: 31, filter: 5, stride: 3, padding: 2 },
  { size: 32, filter: 5, stride: 1, padding: 2 },
  { size: 9, filter: 2, stride: 2, padding: 0 },
];

const keyOf = ({ size, filter, stride, padding }: Axis) => `${size} ${filter} ${stride} ${padding}`;

const nameOf = ({ size, filter, stride, padding }: Axis) =>
  `H=${size}, F=${filter}, S=${stride}, P=${padding}`;

/** The size formula along one axis, with all that strides and paddings make of it. */
export const sizes: Figure<Axis> = {
  id: 'stride-sizes',
  start: examples[1],
  controls: [
    {
      kind: 'choice',
      label: { en: 'Example of a text', ko: '글의 예' },
      options: [
        ...examples.map((axis) => ({ value: keyOf(axis), text: nameOf(axis) })),
        { value: 'own', text: { en: 'your own', ko: '직접 정하기' } },
      ],
      get: (state) => (examples.some((one) => keyOf(one) === keyOf(state)) ? keyOf(state) : 'own'),
      set: (state, value) => examples.find((one) => keyOf(one) === value) ?? state,
    },
    numberRange('size', { en: 'Input H', ko: '입력 H' }, [1, 40]),
    numberRange('filter', { en: 'Filter F', ko: '필터 F' }, [1, 11]),
    numberRange('stride', { en: 'Stride S', ko: '스트라이드 S' }, [1, strides.length]),
    numberRange('padding', { en: 'Padding P', ko: '패딩 P' }, [0, paddings.length - 1]),
    {
      kind: 'button',
      label: { en: 'Keep the size (“same”)', ko: '크기 유지' },
      act: (state) => ({ ...state, stride: 1, padding: Math.floor((state.filter - 1) / 2) }),
    },
  ],
  view: sizesView,
  choose: (state, { row, column }) => ({
    ...state,
    stride: strides[row],
    padding: paddings[column],
  }),
};

export const sizesFigure = defineFigure(sizes);
