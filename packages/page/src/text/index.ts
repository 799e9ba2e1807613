export { answersShown } from './answers-shown.ts';
export { fromBase64, toBase64 } from './base64.ts';
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
} from './format.ts';
export { glossary, type Term } from './glossary.ts';
export { lessonTitles, type LessonId } from './lesson-titles.ts';
export { cameraName, drawingName, noDrawing, noInk, nothingGiven } from './picture-words.ts';
export { inLanguages, isText, languages, toText, type Language, type Text } from './text.ts';
export { whatToDraw } from './what-to-draw.ts';
