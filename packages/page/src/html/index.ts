// `@convbook/page/markup`: markup for code that runs in pages, too.
export { html, raw, type Html, type HtmlValue } from './html.ts';
export { renderTable, type Column, type Table } from './table.ts';
export {
  formatBytes,
  formatCount,
  formatNumber,
  formatPercent,
  formatPlural,
  formatProbability,
  formatShape,
  formatSigned,
  inLanguages,
  toText,
  type Text,
} from '../text/index.ts';
