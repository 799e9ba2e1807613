export { renderChart, type Chart } from './charts/chart.ts';
export { accuracyChart } from './charts/accuracy-chart.ts';
export { gradientChart } from './charts/gradient-chart.ts';
export { histogramChart } from './charts/histogram-chart.ts';
export { layerChart } from './charts/layer-chart.ts';
export { confidenceChart } from './charts/confidence-chart.ts';
export { timelineChart } from './charts/timeline-chart.ts';
export { lossChart } from './charts/loss-chart.ts';
export { rateChart } from './charts/rate-chart.ts';
export { reliabilityChart } from './charts/reliability-chart.ts';
export { speedChart } from './charts/speed-chart.ts';
export { calibration, confidences, expectedCalibrationError, withhold } from './calibration.ts';
export type { BenchmarkReport, MeasuredPeer } from './benchmark/benchmark-report.ts';
export { mcnemar, pairedErrors, type PairedErrors } from './compare/paired-errors.ts';
export { comparisonFile } from './compare/comparison-file.ts';
export { renderComparison } from './compare/comparison.ts';
export { explain, type Explanation, type Method, type MethodMaps } from './explain/explain.ts';
export { readNetworks, type Networks } from './explain/networks.ts';
export { compareFilters, deadFilters } from './filter-likeness.ts';
export { twinFilters } from './filter-twins.ts';
export { layerTimes } from './layer-times.ts';
export { busyShare, typicalTimeline, workerLoads } from './worker-load.ts';
export { labelSuspects } from './label-suspects.ts';
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
export { divergingPicture } from './images/diverging.ts';
export { overlayPicture } from './images/overlay.ts';
export { patchPicture } from './images/patches.ts';
export { samplePicture, toPngUrl, type Picture } from './images/png.ts';
export { layerFormulas, receptiveFields } from './layer-formulas.ts';
export { renderNotebook } from './notebook.ts';
export { readTrainedModel, type TrainedModel } from './predict/trained-model.ts';
export { resolveRun, type RunPlaces } from './resolve-run.ts';
export { readRun } from './run/read-run.ts';
export type { FilterSnapshot, Run, Samples } from './run/run.ts';
export { summaryText, type SummaryTextOptions } from './summary-text.ts';
export { wilsonInterval, type Interval } from './wilson.ts';
export { serveRun, type ServedRun } from './serve/serve-run.ts';
export {
  writeBenchmark,
  writeComparison,
  writeNotebook,
  writeRunsIndex,
  type NotebookOptions,
} from './write-page.ts';
