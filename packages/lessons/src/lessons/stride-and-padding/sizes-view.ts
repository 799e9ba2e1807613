import { formatNumber, html, type Html } from '@convbook/page/markup';
import { axisDrawing } from './axis-drawing.ts';
import { sayEven, sayRefusal, saySize } from './say-size.ts';
import { exactError, paddings, sizeOf, strides, type Axis } from './sizes.ts';

export function sizesView(axis: Axis): Html {
  const size = sizeOf(axis);
  const refusal = typeof size === 'string' ? size : exactError(axis);
  // The table stands first: what follows it grows and shrinks, and would move it under the pointer.
  return html`<div class="lesson-row stride-sizes">
    ${fitsTable(axis)}
    <div>
      ${axisDrawing(axis)}
      <p class="lesson-sum" data-say>
        ${typeof size !== 'string' && html`${saySize(axis, size)} ${sayEven(axis, size)}`}
      </p>
      ${refusal !== null && html`<p class="lesson-sum">${sayRefusal(refusal, size)}</p>`}
    </div>
  </div>`;
}

/** The output size for every stride and padding; whole ones stand out. */
function fitsTable(axis: Axis): Html {
  const { size, filter } = axis;
  return html`<table
    class="window lesson-grid stride-fits"
    tabindex="0"
    data-grid="fits"
    data-at="fits ${axis.stride - 1} ${axis.padding}"
    data-size="${strides.length} ${paddings.length}"
    aria-label="${{
      en: 'Output size by stride and padding; arrow keys choose',
      ko: '스트라이드와 패딩에 따른 출력 크기. 화살표 키로 고릅니다',
    }}"
  >
    <caption>
      ${{
        en: `Output for H = ${size}, F = ${filter}. Blue: whole`,
        ko: `H = ${size}, F = ${filter}일 때의 출력. 파랑: 나누어떨어짐`,
      }}
    </caption>
    <thead>
      <tr>
        <td class="stride-corner"></td>
        ${paddings.map((padding) => html`<th scope="col">P=${padding}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${strides.map(
        (stride, row) =>
          html`<tr>
            <th scope="row">S=${stride}</th>
            ${paddings.map((padding, column) => fitCell({ ...axis, stride, padding }, axis, row, column))}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function fitCell(one: Axis, chosen: Axis, row: number, column: number): Html {
  const size = sizeOf(one);
  const isWhole = typeof size !== 'string' && size.dropped === 0;
  const isChosen = one.stride === chosen.stride && one.padding === chosen.padding;
  const classes = [isWhole && 'whole', isChosen && 'chosen'].filter(Boolean).join(' ');
  const shown = typeof size === 'string' ? '–' : formatNumber(size.value, 3);
  return html`<td class="${classes}" style="--share:0" data-place="fits ${row} ${column}">
    ${shown}
  </td>`;
}
