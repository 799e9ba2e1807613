export { renderChart, type Chart } from './charts/chart.ts';
export { accuracyChart } from './charts/accuracy-chart.ts';
export { lossChart } from './charts/loss-chart.ts';
export { rateChart } from './charts/rate-chart.ts';
export {
  classScores,
  confusionCounts,
  predictions,
  softmax,
  worstMistakes,
  type ClassScore,
  type Evaluation,
  type Mistake,
} from './evaluation.ts';
export { filterPicture, largestWeight } from './images/filters.ts';
export { samplePicture, toPngUrl, type Picture } from './images/png.ts';
export { renderNotebook } from './notebook.ts';
export { resolveRun, type RunPlaces } from './resolve-run.ts';
export { readRun } from './run/read-run.ts';
export type { FilterSnapshot, Run, Samples } from './run/run.ts';
export { wilsonInterval, type Interval } from './wilson.ts';
export { writeNotebook, writeRunsIndex } from './write-page.ts';
