// A picture whose places can be pressed, dragged over and reached by keys, without an element for each of them.
import { html, type Html, type Text } from '@convbook/page/markup';
import type { Area, Cell } from './rows.ts';

interface Surface {
  /** Name of its places. */
  readonly part: string;
  /** Rows and columns that a pointer finds on it. */
  readonly size: readonly [number, number];
  /** The place that arrow keys go on from. */
  readonly at: Cell;
  /** Rows and columns that arrow keys reach; default `size`. */
  readonly keys?: readonly [number, number];
  /** Whether a mouse chooses places by moving over it. */
  readonly hearsHover?: boolean;
  /** What a screen reader is told of it. */
  readonly label: Text;
  readonly content: Html;
}

export function surface({
  part,
  size,
  at,
  keys = size,
  hearsHover,
  label,
  content,
}: Surface): Html {
  return html`<div
    class="lesson-surface"
    role="group"
    tabindex="0"
    data-grid="${part}"
    data-surface="${part} ${size[0]} ${size[1]}"
    ${hearsHover && 'data-hover'}
    data-at="${part} ${at.row} ${at.column}"
    data-size="${keys[0]} ${keys[1]}"
    aria-label="${label}"
  >
    ${content}
  </div>`;
}

/**
 * A frame around some places of a surface.
 *
 * @param size Rows and columns of the surface.
 * @param style Class names.
 */
export function mark(
  { row, column, height, width }: Area,
  [rows, columns]: readonly [number, number],
  style = '',
): Html {
  const percent = (share: number) => `${(100 * share).toFixed(3)}%`;
  return html`<i
    class="lesson-mark ${style}"
    style="top:${percent(row / rows)};left:${percent(column / columns)};height:${percent(height / rows)};width:${percent(width / columns)}"
  ></i>`;
}
