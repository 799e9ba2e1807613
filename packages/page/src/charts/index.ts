export { renderChart, type Chart } from './chart.ts';
export { lineLayers, ringAround, schema, type Line } from './lines.ts';
export { logTicks } from './log-ticks.ts';
export { palette } from './palette.ts';
export type { BarWords, Place, Readout, ValueFormat } from './readout.ts';
export { rowsChart, type ChartRow, type RowGroup, type RowsChart } from './rows-chart.ts';
export {
  labelOffsets,
  outline,
  runningMean,
  sampleEvery,
  thin,
  type Point,
  type WeightedPoint,
} from './series.ts';
export {
  smoothedCurve,
  smoothingWindow,
  smoothingWindows,
  type SmoothedCurve,
  type SmoothedSteps,
} from './smoothing.ts';
export { smallAsPowers, valueScale } from './value-scale.ts';
