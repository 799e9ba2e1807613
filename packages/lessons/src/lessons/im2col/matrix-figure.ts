import { html } from '@convbook/page/markup';
import type { Figure } from '../../figure/figure.ts';
import { movedWindow } from '../../figure/moved-window.ts';
import { numberRange } from '../../figure/number-range.ts';
import { cellAt } from '../../figure/rows.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { matrixGrids } from './matrix-grids.ts';
import { productOf, side, windowsOf, type MatrixState } from './matrix-product.ts';
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
    numberRange('channels', { en: 'Channels', ko: '채널' }, [1, 2], kept),
    numberRange('kernel', { en: 'Window', ko: '윈도우' }, [2, 3], kept),
    numberRange('stride', { en: 'Stride', ko: '스트라이드' }, [1, 2], kept),
    numberRange('padding', { en: 'Padding', ko: '패딩' }, [0, 1], kept),
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
    const { stride, kernel } = state;
    const grip = Math.floor(kernel / 2);
    const move = (from: number, place: number) =>
      movedWindow({ from, place, by, stride, across, grip });
    const now = cellAt(state.at, across);
    return { ...state, at: move(now.row, row) * across + move(now.column, column) };
  },
};
