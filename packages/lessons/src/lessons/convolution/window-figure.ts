import { crossCorrelation, discreteConvolution } from '@convbook/core';
import { html, type Html } from '@convbook/page/markup';
import type { Figure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { toRows } from '../../figure/rows.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { within } from '../../figure/within.ts';
import { compareText, placeText, type Taken } from './window-words.ts';
import { image, namedKernels } from './kernels.ts';

const side = 5;
const kernelSide = 3;
const last = side - kernelSide;

export interface WindowState {
  readonly x: readonly number[];
  readonly filter: readonly number[];
  /** Whether the filter is turned by 180° first: the convolution of mathematics. */
  readonly isTurned: boolean;
  /** The window's first row and column. */
  readonly row: number;
  readonly column: number;
}

const filterName = ({ filter }: WindowState) =>
  namedKernels.find(({ rows }) => rows.flat().join() === filter.join())?.value ?? 'own';

/** A 3×3 filter slides over a 5×5 image, as it is and turned. */
export const windowFigure: Figure<WindowState> = {
  id: 'convolution-window',
  start: {
    x: image.flat(),
    filter: namedKernels[0].rows.flat(),
    isTurned: false,
    row: 0,
    column: 0,
  },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Filter', ko: '필터' },
      options: [...namedKernels, { value: 'own', text: { en: 'your own', ko: '직접 입력' } }],
      get: filterName,
      set: (state, value) => {
        const named = namedKernels.find((kernel) => kernel.value === value);
        return named ? { ...state, filter: named.rows.flat() } : state;
      },
    },
    {
      kind: 'choice',
      label: { en: 'Filter lies', ko: '필터 방향' },
      options: [
        { value: 'as-it-is', text: { en: 'as it is: cross-correlation', ko: '그대로(교차 상관)' } },
        { value: 'turned', text: { en: 'turned: convolution', ko: '돌려서(합성곱)' } },
      ],
      get: ({ isTurned }) => (isTurned ? 'turned' : 'as-it-is'),
      set: (state, value) => ({ ...state, isTurned: value === 'turned' }),
    },
    {
      kind: 'range',
      label: { en: 'Place', ko: '위치' },
      least: 1,
      most: () => (last + 1) ** 2,
      get: ({ row, column }) => row * (last + 1) + column + 1,
      set: (state, place) => ({
        ...state,
        row: Math.floor((place - 1) / (last + 1)),
        column: (place - 1) % (last + 1),
      }),
      plays: true,
    },
    {
      kind: 'button',
      label: { en: 'One bright pixel', ko: '밝은 픽셀 하나' },
      act: (state) => ({ ...state, x: state.x.map((_, k) => Number(k === (side ** 2 - 1) / 2)) }),
    },
    {
      kind: 'button',
      label: { en: 'Image of the texts', ko: '예제 이미지' },
      act: (state) => ({ ...state, x: image.flat() }),
    },
    {
      kind: 'numbers',
      label: { en: 'Change the filter', ko: '필터 바꾸기' },
      columns: kernelSide,
      get: ({ filter }) => filter,
      set: (state, filter) => ({ ...state, filter: typedNumbers(filter) }),
    },
    {
      kind: 'numbers',
      label: { en: 'Change the image', ko: '이미지 바꾸기' },
      columns: side,
      get: ({ x }) => x,
      set: (state, x) => ({ ...state, x: typedNumbers(x) }),
    },
  ],
  view(state) {
    const taken = takeApart(state);
    return html`<div class="lesson-row">${grids(state, taken)}</div>
      <p class="lesson-sum" data-say>${placeText(taken)}</p>
      <p class="lesson-sum">${compareText(taken)}</p>`;
  },
  choose(state, { part, row, column, by }) {
    // A finger holds the window by its middle; keys move its first row and column.
    const grip = part === 'input' && (by === 'press' || by === 'drag') ? 1 : 0;
    const kept = (place: number) => within(place - grip, 0, last);
    const isTurned = part === 'input' ? state.isTurned : part === 'turned';
    return { ...state, isTurned, row: kept(row), column: kept(column) };
  },
};

function takeApart({ x, filter, isTurned, row, column }: WindowState): Taken {
  const [image, rows] = [toRows(x, side), toRows(filter, kernelSide)];
  return {
    row,
    column,
    isTurned,
    filter,
    laid: isTurned ? filter.toReversed() : filter,
    window: image
      .slice(row, row + kernelSide)
      .flatMap((values) => values.slice(column, column + kernelSide)),
    asItIs: crossCorrelation(image, rows),
    turned: discreteConvolution(image, rows),
  };
}

function grids({ x, row, column }: WindowState, taken: Taken): Html {
  const { isTurned, window, laid, asItIs, turned } = taken;
  const products = window.map((value, k) => value * laid[k]);
  const output = (isOfTurned: boolean) =>
    grid({
      caption: isOfTurned
        ? { en: 'Output, turned', ko: '출력(돌려서)' }
        : { en: 'Output, as it is', ko: '출력(그대로)' },
      part: isOfTurned ? 'turned' : 'as-it-is',
      rows: isOfTurned ? turned : asItIs,
      chosen: isOfTurned === isTurned ? { row, column } : null,
      digits: 5,
    });
  return html`${grid({
    caption: { en: 'Image, 5×5', ko: '이미지 5×5' },
    part: 'input',
    rows: toRows(x, side),
    window: { row, column, height: kernelSide, width: kernelSide },
    digits: 5,
  })}
  ${grid({
    caption: isTurned
      ? { en: 'Filter, turned', ko: '돌린 필터' }
      : { en: 'Filter, 3×3', ko: '필터 3×3' },
    rows: toRows(laid, kernelSide),
    digits: 5,
  })}
  ${grid({
    caption: { en: 'Products', ko: '곱' },
    rows: toRows(products, kernelSide),
    digits: 5,
  })}
  ${output(false)} ${output(true)}`;
}
