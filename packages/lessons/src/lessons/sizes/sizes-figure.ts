import { html, type Html, type Text } from '@convbook/page/markup';
import { defineFigure, type Control, type CountControl, type Figure } from '../../figure/figure.ts';
import { within } from '../../figure/within.ts';
import { fieldDrawing, windowDrawing } from './drawing.ts';
import { formulasOf } from './formulas.ts';
import { measure, type MeasuredNetwork } from './measured.ts';
import {
  asKind,
  isKind,
  networkOf,
  plainRow,
  type Kind,
  type Network,
  type Row,
} from './network.ts';
import { sizesTable, type Order } from './table.ts';

export interface State {
  /** Name of the preset that it began as. */
  readonly preset: string;
  readonly network: Network;
  /** Number of the row that is being edited. */
  readonly chosen: number;
  readonly order: Order;
}

const models: readonly (readonly [name: string, text: Text])[] = [
  ['taewan', { en: 'taewan: 39×31, text A §4', ko: 'taewan: 39×31, 글 A 4절' }],
  ['keras-figure', { en: 'keras-figure: text A §3', ko: 'keras-figure: 글 A 3절' }],
  ['simple-convnet', { en: 'simple-convnet: text B', ko: 'simple-convnet: 글 B' }],
  ['lenet', { en: 'lenet: text B', ko: 'lenet: 글 B' }],
  ['tf-tutorial', { en: 'tf-tutorial: text C', ko: 'tf-tutorial: 글 C' }],
  ['two-stage', { en: 'two-stage: text D', ko: 'two-stage: 글 D' }],
  ['batched-cnn', { en: 'batched-cnn: text E, PyTorch', ko: 'batched-cnn: 글 E, PyTorch' }],
  ['taewan-fc', { en: 'taewan-fc: text A §5', ko: 'taewan-fc: 글 A 5절' }],
];

/** Rows that a network can have. */
const mostRows = 24;

const kinds: Readonly<Record<Kind, Text>> = {
  conv2d: { en: 'convolution', ko: '합성곱' },
  maxPool2d: { en: 'max pooling', ko: '최대 풀링' },
  avgPool2d: { en: 'average pooling', ko: '평균 풀링' },
  flatten: { en: 'flatten', ko: '평탄화' },
  dense: { en: 'fully connected', ko: '완전연결' },
};

/** The state of a preset before any change. */
export const stateOf = (preset: string, order: Order = 'chw'): State => ({
  preset,
  network: networkOf(preset),
  chosen: 0,
  order,
});

const rowOf = ({ network, chosen }: State): Row => network.rows[chosen];

function withRows(state: State, rows: readonly Row[], chosen = state.chosen): State {
  const at = within(chosen, 0, rows.length - 1);
  return { ...state, network: { ...state.network, rows }, chosen: at };
}

function changed(state: State, change: (row: Row) => Row): State {
  const { rows } = state.network;
  return withRows(state, rows.with(state.chosen, change(rows[state.chosen])));
}

/** Moves the chosen row by `by` places, where there is room. */
function moved(state: State, by: number): State {
  const to = state.chosen + by;
  const { rows } = state.network;
  if (to < 0 || to >= rows.length) return state;
  return withRows(state, rows.with(to, rows[state.chosen]).with(state.chosen, rows[to]), to);
}

function added(state: State): State {
  const { rows } = state.network;
  if (rows.length >= mostRows) return state;
  // After flatten only a dense layer fits.
  const isFlat = rows.slice(0, state.chosen + 1).some(({ kind }) => kind === 'flatten');
  const row = isFlat ? asKind({ ...plainRow, filters: 64 }, 'dense') : plainRow;
  return withRows(state, rows.toSpliced(state.chosen + 1, 0, row), state.chosen + 1);
}

function removed(state: State): State {
  const { rows } = state.network;
  return rows.length === 1 ? state : withRows(state, rows.toSpliced(state.chosen, 1));
}

const inputs: readonly (readonly [axis: number, label: Text, most: number])[] = [
  [1, { en: 'Image rows', ko: '이미지 행' }, 512],
  [2, { en: 'Image columns', ko: '이미지 열' }, 512],
  [0, { en: 'Channels', ko: '채널' }, 64],
];

type Setting = 'filters' | 'size' | 'stride' | 'padding';

const settings: readonly (readonly [Setting, Text, least: number, most: number])[] = [
  ['filters', { en: 'Filters or units', ko: '필터 또는 뉴런 수' }, 1, 4096],
  ['size', { en: 'Window', ko: '윈도우' }, 1, 32],
  ['stride', { en: 'Stride', ko: '스트라이드' }, 1, 16],
  ['padding', { en: 'Padding', ko: '패딩' }, 0, 16],
];

const hasSetting = (kind: Kind, setting: Setting) =>
  setting === 'filters'
    ? kind === 'conv2d' || kind === 'dense'
    : kind !== 'flatten' && kind !== 'dense';

const inputControls = inputs.map(([axis, label, most]): CountControl<State> => ({
  kind: 'count',
  label,
  least: 1,
  most,
  get: ({ network }) => network.input[axis],
  set(state, value) {
    const [channels, height, width] = state.network.input.with(axis, value);
    return { ...state, network: { ...state.network, input: [channels, height, width] } };
  },
}));

const settingControls = settings.map(([setting, label, least, most]): CountControl<State> => ({
  kind: 'count',
  label,
  least,
  most,
  get: (state) => rowOf(state)[setting],
  set: (state, value) => changed(state, (row) => ({ ...row, [setting]: value })),
  isOff: (state) => !hasSetting(rowOf(state).kind, setting),
}));

const controls: readonly Control<State>[] = [
  {
    kind: 'choice',
    label: { en: 'Network', ko: '신경망' },
    options: models.map(([value, text]) => ({ value, text })),
    get: ({ preset }) => preset,
    set: ({ order }, preset) => stateOf(preset, order),
  },
  {
    kind: 'choice',
    label: { en: 'Shapes as', ko: '형상 표기' },
    options: [
      { value: 'chw', text: '(C, H, W)' },
      { value: 'hwc', text: '(H, W, C)' },
    ],
    get: ({ order }) => order,
    set: (state, order) => ({ ...state, order: order === 'hwc' ? 'hwc' : 'chw' }),
  },
  ...inputControls,
  {
    kind: 'choice',
    label: { en: 'Chosen layer', ko: '고른 층' },
    options: Object.entries(kinds).map(([value, text]) => ({ value, text })),
    get: (state) => rowOf(state).kind,
    set: (state, kind) => (isKind(kind) ? changed(state, (row) => asKind(row, kind)) : state),
  },
  ...settingControls,
  { kind: 'button', label: { en: 'Add below', ko: '아래에 추가' }, act: added },
  { kind: 'button', label: { en: 'Remove', ko: '삭제' }, act: removed },
  { kind: 'button', label: { en: 'Move up', ko: '위로' }, act: (state) => moved(state, -1) },
  { kind: 'button', label: { en: 'Move down', ko: '아래로' }, act: (state) => moved(state, 1) },
];

/** A network as a table that fills in while one edits it. */
export const sizes: Figure<State> = {
  id: 'sizes-table',
  start: stateOf('taewan', 'hwc'),
  controls,
  view(state) {
    const measured = measure(state.network);
    return html`${sizesTable(state.network, measured, state)} ${chosenLayer(state, measured)}`;
  },
  choose: (state, { row }) => ({ ...state, chosen: row }),
};

export const sizesFigure = defineFigure(sizes);

/** The chosen layer in full: how its numbers come about, and what they look like. */
function chosenLayer({ network, chosen }: State, { rows, error }: MeasuredNetwork): Html {
  if (chosen >= rows.length) {
    return html`<p data-say>
      ${{
        en: `Row ${rows.length + 1} does not fit: change it, or a row above it.`,
        ko: `${rows.length + 1}행의 층이 맞지 않습니다. 그 층이나 위의 층을 바꿔 보십시오.`,
      }}
      <span class="hidden" lang="en">${error}</span>
    </p>`;
  }
  const row = rows[chosen];
  return html`<p class="sizes-name">
      ${{ en: html`How the numbers of <code>${row.name}</code> come about`, ko: html`<code>${row.name}</code>의 수가 나오는 과정` }}
    </p>
    <div class="lesson-row">
      <dl class="sizes-formulas" data-say>
        ${formulasOf(row, rows[chosen - 1] ?? null).map(
          ({ name, text }) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${text}</dd>
            </div> `,
        )}
      </dl>
      ${windowDrawing(row)} ${fieldDrawing(row, network.input)}
    </div>`;
}
