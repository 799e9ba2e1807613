// For programs that make pages of runs, or the parts of one, as the code under each cell does.
export {
  writeComparison,
  writeNotebook,
  writeRunsIndex,
  type ComparisonOptions,
  type NotebookOptions,
} from './pages/write-runs.ts';
export { renderComparison, type ComparisonLinks } from './pages/comparison/comparison.ts';
export { comparisonFile } from './pages/comparison/comparison-file.ts';
export { renderNotebook } from './pages/notebook.ts';
export { summaryText, type SummaryTextOptions } from './summary-text.ts';
// The first line of every notebook's code.
export { readRun, type FilterSnapshot, type Run, type Samples } from '@convbook/run';

export { renderChart, type Chart } from '@convbook/page/charts';
export { accuracyChart } from './charts/accuracy-chart.ts';
export { confidenceChart } from './charts/confidence-chart.ts';
export { gradientChart } from './charts/gradient-chart.ts';
export { histogramChart } from './charts/histogram-chart.ts';
export { layerChart } from './charts/layer-chart.ts';
export { lossChart } from './charts/loss-chart.ts';
export { rateChart } from './charts/rate-chart.ts';
export { reliabilityChart } from './charts/reliability-chart.ts';
export { speedChart } from './charts/speed-chart.ts';
export { timelineChart } from './charts/timeline-chart.ts';

export { divergingPicture, samplePicture, toPngUrl, type Picture } from '@convbook/page/images';
export { filterPicture, largestWeight } from './images/filters.ts';
export { overlayPicture } from './images/overlay.ts';
export { patchPicture } from './images/patches.ts';

export {
  calibration,
  confidences,
  expectedCalibrationError,
  withhold,
} from './analysis/calibration.ts';
export {
  classScores,
  confusionCounts,
  predictions,
  softmax,
  worstMistakes,
  type ClassScore,
  type Evaluation,
  type Mistake,
} from './analysis/evaluation.ts';
export { compareFilters } from './analysis/filter-likeness.ts';
export { twinFilters } from './analysis/filter-twins.ts';
export { labelSuspects } from './analysis/label-suspects.ts';
export { layerFormulas, receptiveFields } from './analysis/layer-formulas.ts';
export { layerTimes } from './analysis/layer-times.ts';
export { mcnemar, pairedErrors, type PairedErrors } from './analysis/paired-errors.ts';
export { wilsonInterval, type Interval } from './analysis/wilson.ts';
export { busyShare, typicalTimeline, workerLoads } from './analysis/worker-load.ts';
export { explain, type Explanation, type Method, type MethodMaps } from './explain/explain.ts';
export {
  deadFilters,
  filterAnswers,
  type AnswerRange,
  type FilterAnswers,
} from './explain/filter-answers.ts';
export {
  imagePositions,
  type ImagePositions,
  type PlacedImage,
} from './explain/image-positions.ts';
export { readNetworks, type Networks } from './explain/networks.ts';
