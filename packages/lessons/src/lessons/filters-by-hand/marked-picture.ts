import { html, type Html, type Text } from '@convbook/page/markup';
import type { Cell } from '../../figure/rows.ts';
import { mark as markOf, surface } from '../../figure/surface.ts';

interface MarkedPicture {
  /** Name of its places. */
  readonly part: string;
  readonly caption: Text;
  /** What a screen reader is told. */
  readonly label: Text;
  readonly picture: Html;
  /** Pixels along a side. */
  readonly side: number;
  /** Stands under it. */
  readonly below?: Html;
  /** Top left pixel of the mark, and pixels along its side. */
  readonly mark: Cell & { readonly side: number };
}

/** A picture whose pixels can be pointed at, with a mark on it. */
export function markedPicture({
  part,
  caption,
  label,
  picture,
  side,
  below,
  mark,
}: MarkedPicture): Html {
  const size = [side, side] as const;
  const frame = { row: mark.row, column: mark.column, height: mark.side, width: mark.side };
  return html`<div class="filters-picture">
    <p class="caption">${caption}</p>
    ${surface({
      part,
      size,
      at: mark,
      hearsHover: true,
      label,
      content: html`${picture}${markOf(frame, size, 'filters-mark')}`,
    })}
    ${below}
  </div>`;
}
