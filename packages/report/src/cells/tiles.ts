// Small pictures with names, beside and below each other.
import { html, tallScroller, type Html, type Text } from '@convbook/page';
import { balancedColumns } from './balanced-columns.ts';

/** A page's column holds so many of each kind beside each other: single pictures, and strips of several. */
const beside = { means: 11, strips: 5 };

/** More than these scroll in a frame of their own. */
const most = 60;

/** The tiles in rows of about equal length. */
export function tilesIn(style: keyof typeof beside, tiles: readonly Html[], name: Text): Html {
  const columns = balancedColumns(tiles.length, beside[style]);
  const rows = html`<div class="${style}" style="--columns:${columns}">${tiles}</div>`;
  return tiles.length > most ? tallScroller(name, rows) : rows;
}
