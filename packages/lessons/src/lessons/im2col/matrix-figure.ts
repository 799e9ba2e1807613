import { html } from '@convbook/page/markup';
import type { Figure } from '../../figure/figure.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { matrixGrids } from './matrix-grids.ts';
import { productOf, side, windowsOf, type MatrixState } from './matrix-product.ts';
import { movedWindow } from './move-window.ts';
import { placeText, productText, sizeText } from './matrix-words.ts';

/** Choices that another setting has made impossible become the nearest. */
const kept = (state: MatrixState): MatrixState => ({
  ...state,
  at: Math.min(state.at, windowsOf(state) ** 2 - 1),
  element: Math.min(state.element, state.channels * state.kernel ** 2 - 1),
});

/** Image, matrix of windows, matrix of filters and their product, each number linked with the others. */
export const matrixFigure: Figure<MatrixState> = {
  id: 'im2col-matrix',
  start: {
    x: [1, 2, 3, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 3, 0, 1].concat([
      0, 1, 0, 2, 1, 0, 2, 0, 0, 2, 1, 0, 2, 0, 0, 1,
    ]),
    channels: 1,
    kernel: 3,
    stride: 1,
    padding: 0,
    at: 0,
    element: 0,
    filter: 0,
  },
  controls: [
    {
      kind: 'range',
      label: { en: 'Channels', ko: '채널' },
      least: 1,
      most: () => 2,
      get: ({ channels }) => channels,
      set: (state, channels) => kept({ ...state, channels }),
    },
    {
      kind: 'range',
      label: { en: 'Window', ko: '윈도우' },
      least: 2,
      most: () => 3,
      get: ({ kernel }) => kernel,
      set: (state, kernel) => kept({ ...state, kernel }),
    },
    {
      kind: 'range',
      label: { en: 'Stride', ko: '스트라이드' },
      least: 1,
      most: () => 2,
      get: ({ stride }) => stride,
      set: (state, stride) => kept({ ...state, stride }),
    },
    {
      kind: 'range',
      label: { en: 'Padding', ko: '패딩' },
      least: 0,
      most: () => 1,
      get: ({ padding }) => padding,
      set: (state, padding) => kept({ ...state, padding }),
    },
    {
      kind: 'range',
      label: { en: 'Row', ko: '행' },
      least: 1,
      most: (state) => windowsOf(state) ** 2,
      get: ({ at }) => at + 1,
      set: (state, row) => ({ ...state, at: row - 1 }),
      plays: true,
    },
    {
      kind: 'numbers',
      label: { en: 'Change channel 1', ko: '채널 1의 수 바꾸기' },
      columns: side,
      get: ({ x }) => x.slice(0, side ** 2),
      set: (state, values) => ({
        ...state,
        x: [...typedNumbers(values), ...state.x.slice(side ** 2)],
      }),
    },
  ],
  view(state, compute) {
    const product = productOf(state, compute);
    return html`${matrixGrids(state, product)}
      <p class="lesson-sum" data-say>${productText(state, product)}</p>
      <p class="im2col-words">${placeText(state, product)}</p>
      <p class="im2col-words">${sizeText(state, product)}</p>`;
  },
  choose(state, { part, row, column, by }) {
    const across = windowsOf(state);
    if (part === 'matrix') return { ...state, at: row, element: column };
    if (part === 'weights') return { ...state, element: row, filter: column };
    if (part === 'product') return { ...state, at: row, filter: column };
    const [kind, index] = part.split('-');
    if (kind === 'map') return { ...state, at: row * across + column, filter: Number(index) };
    const move = (from: number, place: number) =>
      movedWindow({ ...state, from, place, by, across });
    const [down, right] = [Math.floor(state.at / across), state.at % across];
    return { ...state, at: move(down, row) * across + move(right, column) };
  },
};
