import { col2im, im2col, outputSize, type Tensor } from '@convbook/core';
import { html, type Text } from '@convbook/page/markup';
import type { Figure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { numberRange } from '../../figure/number-range.ts';
import { toRows } from '../../figure/rows.ts';

const side = 7;

interface BackState {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** The pixel that was chosen. */
  readonly row: number;
  readonly column: number;
}

const shape = [1, 1, side, side];
const settingsOf = ({ stride, padding }: BackState) =>
  ({ stride: [stride, stride], padding: [padding, padding] }) as const;
const across = ({ kernel, stride, padding }: BackState) =>
  outputSize(side, kernel, stride, padding);

/** How often the matrix has each pixel: a matrix of ones, added back. */
export function countsOf(state: BackState): number[][] {
  const { kernel } = state;
  const size = [across(state) ** 2, kernel ** 2];
  const ones: Tensor = { shape: size, data: new Float64Array(size[0] * size[1]).fill(1) };
  return toRows([...col2im(ones, shape, [kernel, kernel], settingsOf(state)).data], side);
}

/** Which windows have the chosen pixel: 1, the others blank. */
function holdersOf(state: BackState): (number | null)[][] {
  const { kernel, row, column } = state;
  const data = new Float64Array(side ** 2);
  data[row * side + column] = 1;
  const matrix = im2col({ shape, data }, [kernel, kernel], settingsOf(state));
  const rows = toRows([...matrix.data], kernel ** 2);
  return toRows(
    rows.map((values) => Number(values.includes(1))),
    across(state),
  ).map((values) => values.map((value) => value || null));
}

/** col2im adds up: how many windows have each pixel. */
export const backFigure: Figure<BackState> = {
  id: 'im2col-back',
  start: { kernel: 5, stride: 1, padding: 0, row: 3, column: 3 },
  controls: [
    numberRange('kernel', { en: 'Window', ko: '윈도우' }, [1, side]),
    numberRange('stride', { en: 'Stride', ko: '스트라이드' }, [1, side]),
    numberRange('padding', { en: 'Padding', ko: '패딩' }, [0, 3]),
  ],
  view(state) {
    const counts = countsOf(state);
    const windows = across(state);
    return html`<div class="lesson-row im2col-back">
        ${grid({
          caption: { en: 'How often each pixel is added', ko: '픽셀마다 더해지는 횟수' },
          part: 'pixels',
          rows: counts,
          chosen: state,
        })}
        ${grid({
          caption: {
            en: `Windows with this pixel (${windows}×${windows})`,
            ko: `이 픽셀이 든 윈도우 (${windows}×${windows})`,
          },
          rows: holdersOf(state),
        })}
      </div>
      <p class="lesson-sum" data-say>${sumText(state, counts[state.row][state.column])}</p>`;
  },
  choose: (state, { row, column }) => ({ ...state, row, column }),
};

function sumText({ row, column }: BackState, count: number): Text {
  const [down, right] = [row + 1, column + 1];
  if (count === 0) {
    return {
      en: `No window has the pixel in row ${down}, column ${right}. The layer never sees it, and its gradient is 0.`,
      ko: `${down}행 ${right}열의 픽셀은 어느 윈도우에도 들지 않습니다. 층이 한 번도 보지 못하므로 기울기도 0입니다.`,
    };
  }
  const ones = count > 12 ? '1 + 1 + … + 1' : Array.from({ length: count }, () => '1').join(' + ');
  return {
    en: `The pixel in row ${down}, column ${right} lies in ${count === 1 ? '1 window' : `${count} windows`}. col2im adds as many numbers: ${ones} = ${count}.`,
    ko: `${down}행 ${right}열의 픽셀은 윈도우 ${count}개에 들어 있습니다. col2im은 그만큼의 수를 더합니다. ${ones} = ${count}.`,
  };
}
