import { expectedCalibrationError, type CalibrationBin } from '../calibration.ts';
import { formatNumber, formatPercent } from '../format.ts';
import type { Chart } from './chart.ts';
import { schema } from './lines.ts';
import { palette } from './palette.ts';

/** Share of right answers in each bin of confidence, beside what the confidence promises. */
export function reliabilityChart(bins: readonly CalibrationBin[]): Chart {
  const filled = bins.filter(({ samples }) => samples > 0);
  const channel = (field: string, title: string | null) => ({
    field,
    type: 'quantitative',
    title,
    scale: { domain: [0, 1] },
    axis: { format: '.0%', values: [0, 0.25, 0.5, 0.75, 1] },
  });
  const [x, y] = [channel('x', 'probability the model gives its answer'), channel('y', null)];
  const values = filled.map(({ from, to, accuracy }) => ({ x: from, x2: to, y: accuracy }));
  const layer = [
    {
      data: { values },
      mark: { type: 'bar', color: palette.blue.light, opacity: 0.45, binSpacing: 2 },
      encoding: { x: { ...x, bin: 'binned' }, x2: { field: 'x2' }, y },
    },
    {
      data: {
        values: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      },
      mark: { type: 'line', color: palette.label.light, strokeDash: [4, 3], strokeWidth: 1.2 },
      encoding: { x, y },
    },
    {
      data: { values: filled.map(({ confidence, accuracy }) => ({ x: confidence, y: accuracy })) },
      mark: { type: 'point', filled: true, opacity: 1, size: 40, color: palette.blue.light },
      encoding: { x, y },
    },
  ];
  const widest = filled.reduce((a, b) => (gap(b) > gap(a) ? b : a));
  return {
    id: 'reliability',
    title: 'Share of right answers by confidence',
    alt:
      `Reliability diagram: the expected calibration error is ${formatNumber(expectedCalibrationError(bins), 2)}; furthest from its promise is ` +
      `the bin from ${formatPercent(widest.from, 0)} to ${formatPercent(widest.to, 0)}, right in ${formatPercent(widest.accuracy, 1)} at a mean confidence of ${formatPercent(widest.confidence, 1)}.`,
    height: 300,
    spec: { $schema: schema, layer },
  };
}

function gap({ accuracy, confidence }: CalibrationBin): number {
  return Math.abs(accuracy - confidence);
}
