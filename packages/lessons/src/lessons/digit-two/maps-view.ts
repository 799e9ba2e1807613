import { highest } from '@convbook/core';
import { formatNumber, html, type Html, type Text } from '@convbook/page/markup';
import { grid } from '../../figure/grid.ts';
import { toRows, type Area } from '../../figure/rows.ts';
import { inBrackets } from '../../figure/written-sum.ts';
import { side } from './digits.ts';
import { filters, filterSide } from './filters.ts';
import type { Maps } from './maps.ts';
import { afterPooling, afterRelu, answerText } from './map-words.ts';

interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface State {
  readonly digit: string;
  /** 36 pixels. */
  readonly x: readonly number[];
  /** Nine of each filter. */
  readonly weights: readonly (readonly number[])[];
  readonly bias: number;
  /** The number whose sum is shown. */
  readonly at: Cell & { readonly filter: number };
  /** The pixel that was changed last or that keys stand on. */
  readonly cursor: Cell | null;
  /** The weight that was changed last or that keys stand on. */
  readonly weightAt: (Cell & { readonly filter: number }) | null;
}

/** The digit, and each filter with what it makes of it. */
export function mapsView(state: State, maps: readonly Maps[]): Html {
  return html`<div class="digit-two">
      ${inputGrid(state)}
      <div>${filters.map((_, k) => filterRow(state, k, maps[k]))}</div>
    </div>
    <div data-say>
      <p class="lesson-sum">${oneNumber(state, maps[state.at.filter])}</p>
      <p class="lesson-sum">${strongest(maps.map(({ answer }) => answer))}</p>
    </div>`;
}

function inputGrid({ x, cursor, at }: State): Html {
  const window: Area = { row: at.row, column: at.column, height: filterSide, width: filterSide };
  return grid({
    caption: { en: 'The digit, 6×6: press a pixel', ko: '6×6 숫자: 픽셀을 눌러 바꾸기' },
    part: 'input',
    label: {
      en: 'Pixels of the digit; arrow keys move, Enter changes a pixel',
      ko: '숫자의 픽셀. 화살표 키로 옮기고 Enter 키로 바꿉니다',
    },
    rows: toRows(x, side),
    window,
    chosen: cursor,
  });
}

function filterRow(state: State, k: number, { feature, active, pooled, answer }: Maps): Html {
  const { id, name } = filters[k];
  const { at } = state;
  const chosen = at.filter === k ? at : null;
  const pool = chosen && poolingWindow(chosen);
  return html`<div class="digit-two-filter ${chosen !== null && 'current'}">
    <p class="digit-two-name"><b>${name}</b>${answerText(answer)}</p>
    <div class="digit-two-maps">
      ${grid({
        caption: { en: 'Filter', ko: '필터' },
        part: `filter-${id}`,
        label: {
          en: `Weights of the ${name.en} filter; arrow keys move, Enter changes a weight`,
          ko: `${name.ko} 필터의 가중치. 화살표 키로 옮기고 Enter 키로 바꿉니다`,
        },
        rows: toRows(state.weights[k], filterSide),
        chosen: state.weightAt?.filter === k ? state.weightAt : null,
      })}
      ${grid({
        caption: { en: 'Feature map', ko: '특징 맵' },
        part: `map-${id}`,
        label: {
          en: `Feature map of the ${name.en} filter; arrow keys choose a number`,
          ko: `${name.ko} 필터의 특징 맵. 화살표 키로 수를 고릅니다`,
        },
        rows: feature,
        chosen,
      })}
      ${grid({ caption: afterRelu, rows: active, chosen, window: pool })}
      ${grid({ caption: afterPooling, rows: pooled, chosen: pool && half(pool) })}
    </div>
  </div>`;
}

/** Over a number of the map that is pooled. */
function poolingWindow({ row, column }: Pick<Area, 'row' | 'column'>): Area {
  return { row: row - (row % 2), column: column - (column % 2), height: 2, width: 2 };
}

const half = ({ row, column }: Area) => ({ row: row / 2, column: column / 2 });

/** How the chosen number comes about. */
function oneNumber({ at, x, weights, bias }: State, { feature, active }: Maps): Text {
  const { name } = filters[at.filter];
  const terms = weights[at.filter].flatMap((weight, k) => {
    const row = at.row + Math.floor(k / filterSide);
    const pixel = x[row * side + at.column + (k % filterSide)];
    return weight === 0 ? [] : [`${inBrackets(weight)}·${formatNumber(pixel)}`];
  });
  const sum = `${terms.join(' + ') || '0'} = ${formatNumber(feature[at.row][at.column])}`;
  const place = [at.row + 1, at.column + 1];
  const kept = formatNumber(active[at.row][at.column]);
  return {
    en: `The ${name.en} filter at row ${place[0]}, column ${place[1]}: ${sum}. With the bias ${formatNumber(bias)}, ReLU leaves ${kept}.`,
    ko: `${name.ko} 필터, ${place[0]}행 ${place[1]}열: ${sum}. 편향(${formatNumber(bias)})을 더하고 ReLU를 적용한 값은 ${kept}입니다.`,
  };
}

function strongest(answers: readonly number[]): Text {
  const most = highest(answers);
  const winners = filters.filter((_, k) => answers[k] === most);
  const sums = (language: 'en' | 'ko') =>
    filters.map(({ name }, k) => `${name[language]} ${formatNumber(answers[k])}`).join(', ');
  if (most === 0) {
    return {
      en: 'No filter answers: nothing is left after bias and ReLU.',
      ko: '어느 필터도 반응하지 않습니다. 편향을 더하고 ReLU를 적용하면 모두 0입니다.',
    };
  }
  if (winners.length > 1) {
    return {
      en: `Several filters answer equally strongly: ${sums('en')}.`,
      ko: `여러 필터가 똑같이 강하게 반응합니다: ${sums('ko')}.`,
    };
  }
  return {
    en: `The ${winners[0].name.en} filter answers strongest: ${sums('en')}.`,
    ko: `${winners[0].name.ko} 필터가 가장 강하게 반응합니다: ${sums('ko')}.`,
  };
}
