import { crossCorrelation } from '@convbook/core';
import { conv2d } from '@convbook/layers';
import { formatNumber, html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { toRows, type Cell } from '../../figure/rows.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { inBrackets } from '../../figure/written-sum.ts';
import { activationControl, activations, type ActivationName } from './activations.ts';
import { activationPlot } from './activation-plot.ts';
import { colorFilters, filterSide } from './color-filters.ts';
import { channelOf, paintedPicture, side } from './colors.ts';

interface ActivationState {
  /** The feature map, `[3, 3]`. */
  readonly map: readonly number[];
  readonly bias: number;
  readonly activation: ActivationName;
  readonly at: Cell;
}

const mapSide = 3;

// The filter has weights for red alone, so that the red channel's share is the feature map.
const thinRedLine = crossCorrelation(
  toRows(channelOf(paintedPicture, 0), side),
  toRows([...colorFilters.thinRed.weights], filterSide).slice(0, filterSide),
).flat();

/** The map with the bias added, then with the activation applied. */
export function activate(compute: Compute, { map, bias, activation }: ActivationState) {
  const input = [1, mapSide, mapSide];
  const addBias = conv2d({ filters: 1, kernelSize: 1 });
  const parameters = { 'conv1.weight': [1], 'conv1.bias': [bias] };
  const biased = compute.run(input, [addBias], map, parameters).values;
  const { layers } = activations[activation];
  return { biased, active: compute.run(input, [addBias, ...layers], map, parameters).values };
}

/** A feature map becomes an activation map: plus bias, then through the function. */
export const activation: Figure<ActivationState> = {
  id: 'channels-activation',
  start: { map: thinRedLine, bias: -2, activation: 'relu', at: { row: 0, column: 0 } },
  controls: [
    activationControl<ActivationState>(),
    {
      kind: 'range',
      label: { en: 'Bias', ko: '편향' },
      least: -8,
      most: () => 8,
      step: 0.5,
      get: ({ bias }) => bias,
      set: (state, bias) => ({ ...state, bias }),
      shown: (value) => formatNumber(value),
    },
    {
      kind: 'numbers',
      label: { en: 'Change the feature map', ko: '특징 맵의 값 바꾸기' },
      columns: mapSide,
      get: ({ map }) => map,
      set: (state, map) => ({ ...state, map: typedNumbers(map) }),
    },
  ],
  view(state, compute) {
    const { biased, active } = activate(compute, state);
    const { text, formula } = activations[state.activation];
    const place = state.at.row * mapSide + state.at.column;
    const [before, after] = [biased[place], active[place]];
    const name = state.activation === 'none' ? '' : `${text.en}(${formatNumber(before)}) = `;
    const sum = `${formatNumber(state.map[place])} + ${inBrackets(state.bias)} = ${formatNumber(before)}`;
    const koName = name.replace(text.en, text.ko);
    return html`<div class="lesson-row channels-activation">
        ${mapGrid({ en: 'Feature map', ko: '특징 맵' }, 'feature', state.map, state.at)}
        ${mapGrid(
          { en: `+ bias ${formatNumber(state.bias)}`, ko: `+ 편향 ${formatNumber(state.bias)}` },
          'biased',
          biased,
          state.at,
        )}
        ${mapGrid({ en: 'Activation map', ko: '활성화 맵' }, 'active', active, state.at)}
        ${activationPlot(compute, state.activation, biased, active)}
      </div>
      <p class="lesson-sum" data-say>
        ${{
          en: `${sum}; ${name}${formatNumber(after)}. With v for the value, the function is ${formula}.`,
          ko: `${sum}, ${koName}${formatNumber(after)}. 값을 v라 하면 함수는 ${formula}입니다.`,
        }}
      </p>`;
  },
  choose: (state, { row, column }) => ({ ...state, at: { row, column } }),
};

function mapGrid(
  caption: { readonly en: string; readonly ko: string },
  part: string,
  values: readonly number[],
  chosen: ActivationState['at'],
) {
  const label = {
    en: `${caption.en}; arrow keys move`,
    ko: `${caption.ko}. 화살표 키로 옮깁니다`,
  };
  return grid({ caption, part, rows: toRows(values, mapSide), chosen, label });
}

export const activationFigure = defineFigure(activation);
