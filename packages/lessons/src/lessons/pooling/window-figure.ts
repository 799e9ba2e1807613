import { resolveModel } from '@convbook/layers';
import { formatCount, html, type Html, type Text } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { toRows } from '../../figure/rows.ts';
import { example, kindNames, kinds, pooled, side } from './kinds.ts';
import { inputControl, placeControl, sizeControl, strideControl } from './window-controls.ts';
import {
  chooseWindow,
  isRead,
  outputPlace,
  windowArea,
  windowsAcross,
  type Windows,
} from './windows.ts';

export interface WindowState extends Windows {
  readonly x: readonly number[];
}

/** A window walks over the numbers, and leaves one number for each kind of pooling. */
export const windowPlay: Figure<WindowState> = {
  id: 'pooling-window',
  start: { x: example.flat(), size: 2, stride: 2, at: 0 },
  controls: [sizeControl(), strideControl(), placeControl(), inputControl()],
  view: (state, compute) =>
    html`<div class="lesson-row">
        ${grid({
          caption: { en: `Input, ${side}×${side}`, ko: `입력 ${side}×${side}` },
          label: {
            en: 'Input; arrow keys move the window',
            ko: '입력. 화살표 키로 윈도우를 옮깁니다',
          },
          part: 'input',
          rows: toRows(state.x, side),
          window: windowArea(state),
          isPadding: (row, column) => !isRead(state, row) || !isRead(state, column),
        })}
        ${outputs(state, compute)}
      </div>
      <p class="lesson-sum">${sizeWords(state)}</p>`,
  choose: chooseWindow,
};

export const windowFigure = defineFigure(windowPlay);

function outputs(state: WindowState, compute: Compute): Html {
  const { row, column } = outputPlace(state);
  const area = windowArea(state);
  const inside = toRows(state.x, side)
    .slice(area.row, area.row + area.height)
    .flatMap((values) => values.slice(area.column, area.column + area.width));
  const results = kindNames.map((kind) => ({ kind, rows: pooled(compute, kind, state) }));
  return html`<div class="pooling-outputs">
    ${results.map(({ kind, rows }) => {
      const { name, short } = kinds[kind];
      return html`${grid({
        caption: short,
        label: {
          en: `${name.en}; arrow keys move the window`,
          ko: `${name.ko}. 화살표 키로 윈도우를 옮깁니다`,
        },
        part: kind,
        rows,
        chosen: { row, column },
      })} `;
    })}
    <p class="lesson-sum" data-say>
      ${{ en: `Window ${state.at + 1}:`, ko: `${state.at + 1}번째 윈도우:` }}
      ${results.map(
        ({ kind, rows }, k) =>
          html`${k > 0 && '; '}${kinds[kind].words(inside, rows[row][column])}`,
      )}.
    </p>
  </div>`;
}

/** The output's size, with the numbers of the moment, and what no window reads. */
function sizeWords(state: WindowState): Text {
  const { size, stride } = state;
  const across = windowsAcross(state);
  const formula = `⌊(${side} − ${size}) / ${stride}⌋ + 1 = ${across}`;
  const unread = Array.from({ length: side }, (_, k) => k + 1).filter(
    (place) => !isRead(state, place - 1),
  );
  const { parameters } = resolveModel({
    input: [1, side, side],
    layers: [kinds.max.layer(size, stride)],
  });
  const counts = [side ** 2, across ** 2].map(formatCount);
  const [places, which] = [unread.join(', '), unread.length > 0];
  return {
    en: `Rows and columns of the output: ${formula}. ${counts[0]} numbers become ${counts[1]}. Parameters: ${parameters.length}.${which ? ` No window reads rows and columns ${places} (dashed).` : ''}`,
    ko: `출력의 행과 열: ${formula}. 수 ${counts[0]}개가 ${counts[1]}개로 줄어듭니다. 매개변수: ${parameters.length}개.${which ? ` ${places}번째 행과 열(점선)은 어느 윈도우도 읽지 않습니다.` : ''}`,
  };
}
