import { html, type Html } from '@convbook/page/markup';
import { isInArea, toRows, type Area } from '../../figure/rows.ts';
import { colors, side } from './colors.ts';
import type { SumState } from './sum-state.ts';

/** The picture in its colours, to paint. */
export function paintTable({ picture, cursor }: SumState, window: Area): Html {
  const rows = toRows([...picture.keys()], side);
  return html`<table
    class="window lesson-grid channels-picture"
    tabindex="0"
    data-grid="picture"
    data-at="picture ${cursor.row} ${cursor.column}"
    data-size="${side} ${side}"
    aria-label="${{ en: 'Picture; arrow keys move, Enter paints', ko: '그림. 화살표 키로 옮기고 Enter로 칠합니다' }}"
  >
    <caption>
      ${{ en: 'Picture, 5×5×3', ko: '그림 5×5×3' }}
    </caption>
    <tbody>
      ${rows.map(
        (places, row) =>
          html`<tr>
            ${places.map((place, column) => {
              const { rgb, text } = colors[picture[place]];
              const classes = [
                isInArea(window, { row, column }) && 'in-window',
                cursor.row === row && cursor.column === column && 'cursor',
              ].filter(Boolean);
              return html`<td
                class="${classes.join(' ')}"
                style="--rgb:${rgb.map((value) => value * 255).join(' ')}"
                data-place="picture ${row} ${column}"
              >
                <span class="hidden">${text}</span>
              </td>`;
            })}
          </tr> `,
      )}
    </tbody>
  </table>`;
}
