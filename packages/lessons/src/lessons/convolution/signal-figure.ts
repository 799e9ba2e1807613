import { discreteConvolution } from '@convbook/core';
import { html, type Html } from '@convbook/page/markup';
import type { Figure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { within } from '../../figure/within.ts';
import { writtenNumber, writtenProducts } from '../../figure/written-sum.ts';

interface SignalState {
  /** The signal. */
  readonly x: readonly number[];
  /** The filter, as the formula reads it. */
  readonly h: readonly number[];
  /** Which number of the output is taken apart. */
  readonly n: number;
}

type Numbers = readonly number[];

/** t[n] = Σ x[k] · h[n − k], for every n where the filter meets the signal. */
export function convolved(x: Numbers, h: Numbers): number[] {
  return discreteConvolution([x], [h], [0, h.length - 1])[0];
}

/** Numbers from a place on, and blanks around them. */
function placed(values: Numbers, at: number, length: number): (number | null)[] {
  return Array.from({ length }, (_, place) => values[place - at] ?? null);
}

/** The filter lies turned under the signal; below, each number of the signal sends its own copy of the filter. */
export const signalFigure: Figure<SignalState> = {
  id: 'convolution-signal',
  start: { x: [4, 0, 8, 4, 0], h: [1, 0.5, 0.25], n: 2 },
  controls: [
    {
      kind: 'range',
      label: { en: 'Place n', ko: '위치 n' },
      least: 0,
      most: ({ x, h }) => x.length + h.length - 2,
      get: ({ n }) => n,
      set: (state, n) => ({ ...state, n }),
      plays: true,
    },
    {
      kind: 'button',
      label: { en: 'A single 1', ko: '1 하나만 넣기' },
      act: (state) => ({ ...state, x: state.x.map((_, k) => (k === 1 ? 1 : 0)) }),
    },
    {
      kind: 'numbers',
      label: { en: 'Change the signal x', ko: '신호 x 바꾸기' },
      columns: 5,
      get: ({ x }) => x,
      set: (state, x) => ({ ...state, x: typedNumbers(x) }),
    },
    {
      kind: 'numbers',
      label: { en: 'Change the filter h', ko: '필터 h 바꾸기' },
      columns: 3,
      get: ({ h }) => h,
      set: (state, h) => ({ ...state, h: typedNumbers(h) }),
    },
  ],
  view: (state) =>
    html`<div class="lesson-row convolution-signal">${slideGrid(state)} ${echoGrid(state)}</div>
      <p class="lesson-sum" data-say>${sumText(state)}</p>`,
  choose(state, { part, column, by }) {
    const last = state.x.length + state.h.length - 2;
    // A finger holds the filter by its middle; keys move its left end, which stands n columns from the left.
    const grip = part === 'slide' && by !== 'arrow' ? 1 : 0;
    return { ...state, n: within(column - grip, 0, last) };
  },
};

function slideGrid({ x, h, n }: SignalState): Html {
  const margin = h.length - 1;
  const length = x.length + 2 * margin;
  const padded = placed(x, margin, length).map((value) => value ?? 0);
  const turned = h.toReversed();
  const products = turned.map((weight, k) => weight * padded[n + k]);
  return grid({
    caption: { en: 'The filter, turned, under the signal', ko: '신호 아래에 뒤집어 놓은 필터' },
    part: 'slide',
    label: {
      en: 'Signal, filter and products; arrow keys slide the filter',
      ko: '신호, 필터, 곱. 화살표 키로 필터를 옮깁니다',
    },
    rows: [padded, placed(turned, n, length), placed(products, n, length)],
    rowHeads: ['x[k]', 'h[n − k]', { en: 'product', ko: '곱' }],
    columnHeads: padded.map((_, k) => writtenNumber(k - margin)),
    corner: 'k',
    window: { row: 0, column: n, height: 3, width: h.length },
    isPadding: (row, column) => row === 0 && (column < margin || column >= length - margin),
    digits: 5,
  });
}

/** A row for each number of the signal: the filter times this number, begun at its place. The last row is their sum. */
function echoGrid({ x, h, n }: SignalState): Html {
  const echoes = x.map((_, k) =>
    convolved(
      x.map((value, other) => (other === k ? value : 0)),
      h,
    ).map((value, place) => (place >= k && place < k + h.length ? value : null)),
  );
  const output = convolved(x, h);
  return grid({
    caption: { en: 'The echo of each number, and their sum t', ko: '수마다 남긴 메아리와 그 합 t' },
    part: 'echo',
    label: {
      en: 'Echoes and their sum; arrow keys choose a column',
      ko: '메아리와 그 합. 화살표 키로 열을 고릅니다',
    },
    rows: [...echoes, output],
    rowHeads: [...x.map((_, k) => `x[${k}] × h`), 't[n]'],
    columnHeads: output.map((_, place) => place),
    corner: 'n',
    window: { row: 0, column: n, height: x.length, width: 1 },
    chosen: { row: x.length, column: n },
    digits: 5,
  });
}

/** The sum of one place, with its letters and its numbers. */
function sumText({ x, h, n }: SignalState): string {
  const met = x.map((_, k) => k).filter((k) => n - k >= 0 && n - k < h.length);
  const letters = met.map((k) => `x[${k}] × h[${n - k}]`).join(' + ');
  const numbers = writtenProducts(met.map((k) => [x[k], h[n - k]] as const));
  return `t[${n}] = ${letters} = ${numbers} = ${writtenNumber(convolved(x, h)[n])}`;
}
