export { contentSecurityPolicy } from './content-security.ts';
export { gzip, gzipBytes, toDataUrl } from './data-url.ts';
export { html, raw, type Html, type HtmlValue } from './html/html.ts';
export { glossaryPart } from './html/glossary-part.ts';
export { pageLayout, type Opening, type Part } from './html/layout.ts';
export {
  answerPart,
  cameraPart,
  clearButton,
  drawingCanvas,
  inputPart,
  type DrawingGround,
} from './html/picture-parts.ts';
export { markTerms } from './html/mark-terms.ts';
export { commandLine, detailFold, quote, sourceCode, sourceFold } from './html/source-code.ts';
export {
  hidden,
  renderTable,
  scroller,
  tallScroller,
  type Column,
  type Table,
} from './html/table.ts';
export { captionOf, evenly, thinOut } from './html/thin-out.ts';
export { documentStyles, renderPage, type Page } from './page.ts';
export { bundleScript } from '#script';
export {
  formatBytes,
  formatCount,
  formatDate,
  formatDuration,
  formatList,
  formatNumber,
  formatPercent,
  formatPlural,
  formatProbability,
  formatShape,
  formatShortDate,
  formatSigned,
} from './text/format.ts';
export { glossary, type Term } from './text/glossary.ts';
export { lessonTitles, type LessonId } from './text/lesson-titles.ts';
export { inLanguages, toText, type Language, type Text } from './text/text.ts';
