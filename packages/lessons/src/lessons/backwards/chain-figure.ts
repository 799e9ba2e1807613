import { formatNumber, html, type Html, type Text } from '@convbook/page/markup';
import type { Control } from '../../figure/figure.ts';
import { within } from '../../figure/within.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { chainOf, sumText, type Chain, type Place } from './chain.ts';
import { partGrids, partNamed, parts } from './grids.ts';
import { passOf, startNumbers, type Leaf, type Numbers } from './network.ts';
import { differenceOf, errorPlot, slopeOf, slopePlot, type Slope } from './slope.ts';

/** Numbers of the network, the right class, and the number that is explained. */
export interface ChainState {
  readonly numbers: Numbers;
  readonly label: number;
  readonly chosen: Place;
  /** Finite differences go 10 to this power up and down. */
  readonly exponent: number;
}

/** Columns of the numbers that a reader may change. */
const columns: Readonly<Record<Leaf, number>> = {
  input: 4,
  filter: 2,
  filterBias: 1,
  weights: 4,
  biases: 1,
};

const isLeaf = (part: string): part is Leaf => Object.hasOwn(columns, part);

const indexOf = ({ part, row, column }: Place) =>
  row * (isLeaf(part) ? columns[part] : parts[part].columns) + column;

/** The chosen number, where a reader may change it. */
function chosenLeaf({ chosen, numbers }: ChainState): number {
  return isLeaf(chosen.part) ? numbers[chosen.part][indexOf(chosen)] : NaN;
}

function withChosen(state: ChainState, value: number): ChainState {
  const { chosen, numbers } = state;
  if (!isLeaf(chosen.part)) return state;
  const changed = numbers[chosen.part].with(indexOf(chosen), value);
  return { ...state, numbers: { ...numbers, [chosen.part]: changed } };
}

const typed = (part: Leaf, label: Text): Control<ChainState> => ({
  kind: 'numbers',
  label,
  columns: columns[part],
  get: ({ numbers }) => numbers[part],
  set: (state, values) => ({ ...state, numbers: { ...state.numbers, [part]: values.map(kept) } }),
});

/** Typed numbers stay where float32 does not overflow. */
const kept = (value: number) => within(value, -1000, 1000);

/** Every number of a step forwards, with its gradient, and the chain rule for one of them. */
export const chain: Figure<ChainState> = {
  id: 'backwards-chain',
  start: {
    numbers: startNumbers,
    label: 0,
    chosen: { part: 'filter', row: 0, column: 0 },
    exponent: -2,
  },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Right class', ko: '정답 클래스' },
      options: [
        { value: '0', text: '0' },
        { value: '1', text: '1' },
      ],
      get: ({ label }) => String(label),
      set: (state, value) => ({ ...state, label: Number(value) }),
    },
    {
      kind: 'range',
      label: { en: 'Chosen number', ko: '고른 수' },
      least: -5,
      step: 0.1,
      most: () => 5,
      get: chosenLeaf,
      set: withChosen,
      shown: (value) =>
        Number.isNaN(value) ? { en: 'is computed', ko: '계산된 값' } : formatNumber(value),
    },
    {
      kind: 'range',
      label: { en: 'Distance h', ko: '간격 h' },
      least: -6,
      step: 0.5,
      most: () => 0,
      get: ({ exponent }) => exponent,
      set: (state, exponent) => ({ ...state, exponent }),
      shown: (exponent) => formatNumber(10 ** exponent),
    },
    typed('input', { en: 'Type the input', ko: '입력값 바꾸기' }),
    typed('filter', { en: 'Type the filter', ko: '필터 바꾸기' }),
    typed('weights', { en: 'Type the dense weights', ko: '완전연결층 가중치 바꾸기' }),
    {
      kind: 'button',
      label: { en: 'Back to the first numbers', ko: '처음 값으로' },
      act: (state) => ({ ...state, numbers: startNumbers, label: 0 }),
    },
  ],
  view(state, compute) {
    const { numbers, label, chosen, exponent } = state;
    const pass = passOf(compute, numbers, label);
    const rule = chainOf(pass, label, chosen);
    const spot = { part: chosen.part, index: indexOf(chosen) };
    const slope = slopeOf({ compute, numbers, label, pass, chosen: spot, exponent });
    return html`${partGrids(pass, label, chosen, rule)} ${explanation(slope, chosen, rule)}
      <div class="lesson-row">${slopePlot(slope)} ${errorPlot(slope)}</div>`;
  },
  choose(state, { part, row, column }) {
    const named = partNamed(part);
    return named === null ? state : { ...state, chosen: { part: named, row, column } };
  },
};

export const chainFigure = defineFigure(chain);

/** The rule for the chosen number, with its numbers, and the finite difference beside it. */
function explanation(
  { value, gradient, pair }: Slope,
  place: Place,
  { rule, why, terms }: Chain,
): Html {
  const { name } = parts[place.part];
  const numeric = differenceOf(pair);
  const [h, apart] = [pair.distance, Math.abs(numeric - gradient)].map((one) => formatNumber(one));
  return html`<div class="backwards-rule" data-say>
    <p>
      <b>${name} ${formatNumber(value)}</b>
      ${{
        en: `(row ${place.row + 1}, column ${place.column + 1}).`,
        ko: `(${place.row + 1}행 ${place.column + 1}열)`,
      }}
      ${why}
    </p>
    <p class="backwards-formula">${rule} = ${sumText(terms)} = <b>${formatNumber(gradient)}</b></p>
    <p>
      ${{
        en: `Finite difference: (L(v + h) − L(v − h)) / 2h with h = ${h} gives ${formatNumber(numeric)}, ${apart} from the chain rule.`,
        ko: `유한 차분: (L(v + h) − L(v − h)) / 2h의 값은 h = ${h}일 때 ${formatNumber(numeric)}이고, 연쇄 법칙의 값과 ${apart} 차이 납니다.`,
      }}
    </p>
  </div>`;
}
