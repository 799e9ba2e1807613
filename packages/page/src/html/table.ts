import type { Text } from '../text/text.ts';
import { html, type Html, type HtmlValue } from './html.ts';

/** A column of a table of rows. */
export interface Column<Row> {
  head: HtmlValue;
  /** Content of the cell in a row. */
  value(row: Row): HtmlValue;
  /** Right-aligned figures. */
  numeric?: boolean;
  /** Key by which a script sorts the rows; numbers as numbers. */
  sort?(row: Row): string | number;
  /** Its cells name their rows. At most one column. */
  heading?: boolean;
}

/** A table of data. */
export interface Table<Row> {
  caption: Text | string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Last line, one entry a column. */
  total?: readonly HtmlValue[];
  /** Class names of the table element. */
  style?: string;
  /** Its rows scroll under its head where there are many. */
  isTall?: boolean;
}

/** The table in a container that scrolls sideways where the page is narrower than it. */
export function renderTable<Row>({
  caption,
  columns,
  rows,
  total,
  style,
  isTall,
}: Table<Row>): Html {
  const body = rows.map(
    (row) =>
      html`<tr>
        ${columns.map((column) => renderCell(column, row))}
      </tr>`,
  );
  const holder = isTall ? tallScroller : scroller;
  return holder(
    caption,
    html`<table class="${style ?? 'data'}">
      <caption>
        <span>${caption}</span>
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" ${numeric(column)}${column.sort && html` data-sortable`}>${column.head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
      ${
        total &&
        html`<tfoot>
          <tr>
            ${total.map((value, k) => html`<td${numeric(columns[k])}>${value}</td>`)}
          </tr>
        </tfoot>`
      }
    </table>`,
  );
}

/** Text for readers who do not see the table. */
export function hidden(text: Text): Html {
  return html`<span class="hidden">${text}</span>`;
}

/** A container that scrolls sideways, also by keyboard. */
export function scroller(label: Text | string, content: Html): Html {
  return scrollRegion('scroll', label, content);
}

/** A container of bounded height that scrolls both ways, also by keyboard. */
export function tallScroller(label: Text | string, content: Html): Html {
  return scrollRegion('scroll tall', label, content);
}

function scrollRegion(style: string, label: Text | string, content: Html): Html {
  return html`<div class="${style}" role="region" tabindex="0" aria-label="${label}">
    ${content}
  </div>`;
}

function renderCell<Row>(column: Column<Row>, row: Row): Html {
  return column.heading
    ? html`<th scope="row" ${sortKey(column, row)}>${column.value(row)}</th>`
    : html`<td${numeric(column)}${sortKey(column, row)}>${column.value(row)}</td>`;
}

function sortKey<Row>({ sort }: Column<Row>, row: Row): Html | undefined {
  return sort && html` data-sort="${sort(row)}"`;
}

function numeric<Row>(column: Column<Row>): Html | null {
  return column.numeric ? html` class="number"` : null;
}
