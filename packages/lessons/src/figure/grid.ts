// Numbers in rows and columns, as the texts draw them.
import { highest } from '@convbook/core';
import { formatNumber, html, type Html, type HtmlValue, type Text } from '@convbook/page/markup';
import { isInArea, type Area, type Cell } from './rows.ts';

interface Grid {
  readonly caption: HtmlValue;
  /** Name of its places; without one they cannot be chosen. */
  readonly part?: string;
  readonly rows: readonly (readonly (number | null)[])[];
  /** A window over the numbers. */
  readonly window?: Area | null;
  /** The place that was chosen. */
  readonly chosen?: Cell | null;
  /** Where the arrow keys begin; default the place that was chosen, else the window. */
  readonly at?: Cell;
  /** Whether places are padding, not input. */
  readonly isPadding?: (row: number, column: number) => boolean;
  /** Whether no window reaches a place. */
  readonly isDropped?: (row: number, column: number) => boolean;
  /** What a screen reader is told of a grid whose places can be chosen; default its caption. */
  readonly label?: Text;
  /** A word before each row. */
  readonly rowHeads?: readonly HtmlValue[];
  /** A word above each column. */
  readonly columnHeads?: readonly HtmlValue[];
  /** Stands where both meet. */
  readonly corner?: HtmlValue;
  /** Digits of a number; default 3. */
  readonly digits?: number;
}

/** Places without a number are blank. The colours go from the largest absolute value down, orange below 0. */
export function grid({
  caption,
  part,
  rows,
  window = null,
  chosen = null,
  at,
  isPadding,
  isDropped,
  label = labelOf(caption),
  rowHeads,
  columnHeads,
  corner,
  digits,
}: Grid): Html {
  const limit = Math.max(1e-30, highest(rows.flat().map((value) => Math.abs(value ?? 0))));
  const cells = rows.map(
    (values, row) =>
      html`<tr>
        ${rowHeads && html`<th scope="row">${rowHeads[row]}</th>`}
        ${values.map((value, column) => {
          const classes = [
            value !== null && value < 0 ? 'negative' : 'positive',
            window && isInArea(window, { row, column }) && 'in-window',
            chosen?.row === row && chosen.column === column && 'chosen',
            isPadding?.(row, column) && 'padding',
            isDropped?.(row, column) && 'dropped',
          ].filter(Boolean);
          return html`<td
            class="${classes.join(' ')}"
            style="--share:${(Math.abs(value ?? 0) / limit).toFixed(3)}"
            ${part !== undefined && html`data-place="${part} ${row} ${column}"`}
          >
            ${value !== null && formatNumber(value, digits)}
          </td>`;
        })}
      </tr> `,
  );
  const content = html`<caption>
      ${caption}
    </caption>
    ${columnHeads && headOf(columnHeads, rowHeads && html`<td class="corner">${corner}</td>`)}
    <tbody>
      ${cells}
    </tbody>`;
  if (part === undefined) {
    return html`<table class="window lesson-grid">
      ${content}
    </table>`;
  }
  const { row, column } = at ?? chosen ?? window ?? { row: 0, column: 0 };
  return html`<table
    class="window lesson-grid"
    tabindex="0"
    data-grid="${part}"
    data-at="${part} ${row} ${column}"
    data-size="${rows.length} ${rows[0]?.length ?? 0}"
    aria-label="${label}"
  >
    ${content}
  </table>`;
}

function labelOf(caption: HtmlValue): Text {
  const isText = typeof caption === 'object' && caption !== null && 'en' in caption;
  const { en, ko } = isText ? caption : { en: '', ko: '' };
  return typeof en === 'string' && typeof ko === 'string' && en !== ''
    ? { en: `${en}; arrow keys move`, ko: `${ko}. 화살표 키로 옮깁니다` }
    : { en: 'Numbers; arrow keys move', ko: '수의 표. 화살표 키로 옮깁니다' };
}

function headOf(columnHeads: readonly HtmlValue[], corner: Html | undefined): Html {
  return html`<thead>
    <tr>
      ${corner} ${columnHeads.map((head) => html`<th scope="col">${head}</th>`)}
    </tr>
  </thead>`;
}
