import { html, type Html, type Text } from '@convbook/page/markup';

export interface MarkedPicture {
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
  readonly mark: { readonly row: number; readonly column: number; readonly side: number };
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
  const percent = (pixels: number) => `${((100 * pixels) / side).toFixed(3)}%`;
  const place = [
    `left:${percent(mark.column)}`,
    `top:${percent(mark.row)}`,
    `width:${percent(mark.side)}`,
  ].join(';');
  return html`<div class="filters-picture">
    <p class="caption">${caption}</p>
    <div
      tabindex="0"
      role="group"
      aria-label="${label}"
      data-pixels
      data-grid="${part}"
      data-at="${part} ${mark.row} ${mark.column}"
      data-size="${side} ${side}"
    >
      ${picture}<i style="${place}"></i>
    </div>
    ${below}
  </div>`;
}
