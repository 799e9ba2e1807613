import { outputSize } from '@convbook/core';
import { avgPool2d, maxPool2d, minPool2d, type LayerSpec } from '@convbook/layers';
import { formatNumber, html, type Text } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure } from '../../figure/figure.ts';
import { grid, toRows } from '../../figure/grid.ts';

/** Text E's example. */
export const example: readonly (readonly number[])[] = [
  [1, 2, 0, 1, 3, 2],
  [3, 1, 2, 1, 0, 1],
  [0, 4, 1, 0, 2, 5],
  [1, 3, 2, 4, 2, 1],
  [1, 2, 1, 4, 1, 2],
  [0, 2, 5, 4, 3, 1],
];

type Kind = 'max' | 'average' | 'min';

const kinds: Readonly<
  Record<Kind, { layer: (size: number, stride: number) => LayerSpec; text: Text }>
> = {
  max: {
    layer: (size, stride) => maxPool2d({ size, stride }),
    text: { en: 'largest', ko: '최댓값' },
  },
  average: {
    layer: (size, stride) => avgPool2d({ size, stride }),
    text: { en: 'mean', ko: '평균' },
  },
  min: {
    layer: (size, stride) => minPool2d({ size, stride }),
    text: { en: 'smallest', ko: '최솟값' },
  },
};

interface State {
  readonly x: readonly number[];
  readonly kind: Kind;
  readonly size: number;
  readonly stride: number;
  /** Number of the window, row by row. */
  readonly at: number;
}

const side = example.length;

/** Windows along one side. */
const windowsOf = ({ size, stride }: State) => outputSize(side, size, stride, 0);

/** What a pooling layer makes of the example. */
export function pooled(
  compute: Compute,
  { x, kind, size, stride }: Pick<State, 'x' | 'kind' | 'size' | 'stride'>,
): number[][] {
  const { shape, values } = compute.run([1, side, side], [kinds[kind].layer(size, stride)], x);
  return toRows(values, shape[2]);
}

const kept = (state: State): State => ({
  ...state,
  at: Math.min(state.at, windowsOf(state) ** 2 - 1),
});

/** A window walks over the numbers, and leaves one number each. */
export const windowFigure = defineFigure<State>({
  id: 'pooling-window',
  start: { x: example.flat(), kind: 'max', size: 2, stride: 2, at: 0 },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Keeps the', ko: '남기는 값' },
      options: Object.entries(kinds).map(([value, { text }]) => ({ value, text })),
      get: ({ kind }) => kind,
      set: (state, value) => ({
        ...state,
        kind: value === 'min' || value === 'average' ? value : 'max',
      }),
    },
    {
      kind: 'range',
      label: { en: 'Window', ko: '윈도우' },
      least: 1,
      most: () => side,
      get: ({ size }) => size,
      set: (state, size) => kept({ ...state, size }),
    },
    {
      kind: 'range',
      label: { en: 'Stride', ko: '스트라이드' },
      least: 1,
      most: () => side,
      get: ({ stride }) => stride,
      set: (state, stride) => kept({ ...state, stride }),
    },
    {
      kind: 'range',
      label: { en: 'Place', ko: '위치' },
      least: 1,
      most: (state) => windowsOf(state) ** 2,
      get: ({ at }) => at + 1,
      set: (state, place) => ({ ...state, at: place - 1 }),
      plays: true,
    },
    {
      kind: 'numbers',
      label: { en: 'Change the numbers', ko: '입력값 바꾸기' },
      columns: side,
      get: ({ x }) => x,
      set: (state, x) => ({ ...state, x }),
    },
  ],
  view(state, compute) {
    const rows = pooled(compute, state);
    const across = windowsOf(state);
    const [row, column] = [Math.floor(state.at / across), state.at % across];
    const window = {
      row: row * state.stride,
      column: column * state.stride,
      height: state.size,
      width: state.size,
    };
    const inside = toRows(state.x, side)
      .slice(window.row, window.row + state.size)
      .flatMap((values) => values.slice(window.column, window.column + state.size));
    const [numbers, result] = [
      inside.map((value) => formatNumber(value)).join(', '),
      rows[row][column],
    ];
    const { text } = kinds[state.kind];
    return html`<div class="lesson-row">
        ${grid({
          caption: { en: `Input, ${side}×${side}`, ko: `입력 ${side}×${side}` },
          part: 'input',
          rows: toRows(state.x, side),
          window,
        })}
        ${grid({
          caption: { en: `Output, ${across}×${across}`, ko: `출력 ${across}×${across}` },
          part: 'output',
          rows,
          chosen: { row, column },
        })}
      </div>
      <p class="lesson-sum" data-say>
        ${{
          en: `The ${text.en} of ${numbers} is ${formatNumber(result)}.`,
          ko: `${numbers}의 ${text.ko}은 ${formatNumber(result)}입니다.`,
        }}
      </p>`;
  },
  choose(state, { part, row, column }) {
    const across = windowsOf(state);
    const near = (place: number) => Math.min(across - 1, Math.floor(place / state.stride));
    const [down, right] = part === 'output' ? [row, column] : [near(row), near(column)];
    return { ...state, at: down * across + right };
  },
});
