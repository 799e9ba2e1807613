import { formatCount, formatNumber, formatPercent, html, type Text } from '@convbook/page/markup';
import { gaussian, dense, initializeParameters, resolveModel } from '@convbook/layers';
import { normal } from '@convbook/core';
import { forward } from '@convbook/runtime/network';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { histogram } from './histogram.ts';
import { deviationOf, shareOf } from './spread.ts';

interface SumState {
  /** Inputs of a unit. */
  readonly inputs: number;
  /** The deviation of the weights. */
  readonly deviation: number;
}

const sizes: readonly { inputs: number; text: Text }[] = [
  { inputs: 25, text: { en: '25: a 5×5 filter', ko: '25개: 5×5 필터' } },
  { inputs: 100, text: { en: '100: a dense layer', ko: '100개: 완전연결층' } },
  {
    inputs: 288,
    text: { en: '288: 3×3, 32 channels', ko: '288개: 3×3, 채널 32개' },
  },
  {
    inputs: 4320,
    text: {
      en: '4,320: in simple-convnet',
      ko: '4,320개: simple-convnet',
    },
  },
];

const units = 32;
const samples = 32;

/** Sums of units for normally distributed inputs, by a dense layer. */
function sums(module: WebAssembly.Module, { inputs, deviation }: SumState): Float32Array {
  const layers = [dense({ units, initializer: gaussian(deviation) })];
  const model = resolveModel({ input: [inputs], layers });
  const x = normal(1, 'input', new Float32Array(samples * inputs));
  return forward({ module, model, parameters: initializeParameters(model, 1) }, x);
}

/** The deviation of Xavier's start where a layer has as many units as inputs. */
const xavierOf = (inputs: number) => Math.sqrt(1 / inputs);
const heOf = (inputs: number) => Math.sqrt(2 / inputs);

/** Both deviations with their formulas. */
function startsText(inputs: number): Text {
  const count = formatCount(inputs);
  const [first, second] = [xavierOf(inputs), heOf(inputs)].map((value) => formatNumber(value));
  const formulas = [`√(1/${count}) = ${first}`, `√(2/${count}) = ${second}`];
  return {
    en: `Xavier, with as many outputs as inputs: ${formulas[0]}; He: ${formulas[1]}.`,
    ko: `Xavier 초깃값(출력 수가 입력 수와 같을 때) ${formulas[0]}, He 초깃값 ${formulas[1]}.`,
  };
}

/** Why a sum of many products is large or small: its deviation is √n times that of the weights. */
export const sumOf: Figure<SumState> = {
  id: 'beginnings-sum',
  start: { inputs: 100, deviation: 1 },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Inputs of a unit', ko: '뉴런의 입력 수' },
      options: sizes.map(({ inputs, text }) => ({ value: String(inputs), text })),
      get: ({ inputs }) => String(inputs),
      set: (state, value) => ({
        ...state,
        inputs: sizes.find(({ inputs }) => String(inputs) === value)?.inputs ?? state.inputs,
      }),
    },
    {
      kind: 'range',
      label: { en: 'Deviation of the weights', ko: '가중치의 표준편차' },
      least: -60,
      most: () => 10,
      get: ({ deviation }) => 20 * Math.log10(deviation),
      set: (state, place) => ({ ...state, deviation: 10 ** (place / 20) }),
      shown: (place) => formatNumber(10 ** (place / 20)),
    },
    {
      kind: 'button',
      label: { en: 'Xavier’s', ko: 'Xavier 초깃값' },
      act: (state) => ({ ...state, deviation: xavierOf(state.inputs) }),
    },
    {
      kind: 'button',
      label: { en: 'He’s', ko: 'He 초깃값' },
      act: (state) => ({ ...state, deviation: heOf(state.inputs) }),
    },
  ],
  view(state, { module }) {
    const values = sums(module, state);
    const [count, weight] = [formatCount(state.inputs), formatNumber(state.deviation)];
    const expected = formatNumber(Math.sqrt(state.inputs) * state.deviation);
    const measured = formatNumber(deviationOf(values));
    const beyond = formatPercent(
      shareOf(values, (value) => Math.abs(value) > 3),
      0,
    );
    const formula = `√${count} × ${weight} = ${expected}`;
    return html`<div class="beginnings-sum">
        ${histogram({
          title: { en: 'Sums of the units', ko: '뉴런이 계산한 합' },
          values,
          ends: [-6, 6],
          open: 'both',
          facts: [],
          alt: {
            en: `The sums have the deviation ${measured}; ${beyond} lie beyond ±3.`,
            ko: `합의 표준편차는 ${measured}이고, ${beyond}가 ±3 밖에 있습니다.`,
          },
        })}
      </div>
      <p class="lesson-sum">${startsText(state.inputs)}</p>
      <p class="lesson-sum" data-say>
        ${{
          en: `Expected deviation of a sum: ${formula}. Measured: ${measured}. Beyond ±3, where the sigmoid is flat, lie ${beyond} of the sums.`,
          ko: `합의 표준편차는 이론상 ${formula}이고, 실제로 재면 ${measured}입니다. 시그모이드가 평평해지는 ±3 밖에 합의 ${beyond}가 있습니다.`,
        }}
      </p>`;
  },
};

export const sumFigure = defineFigure(sumOf);
