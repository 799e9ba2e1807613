import { formatNumber } from '../format.ts';
import type { Run } from '../run/run.ts';
import type { Chart } from './chart.ts';
import { schema, timeAxis } from './lines.ts';
import { palette } from './palette.ts';
import { sampleEvery } from './series.ts';

/** Learning rate of each step; null before the first. */
export function rateChart(run: Run): Chart | null {
  if (run.steps.length === 0) return null;
  const rates = run.steps.map(({ learningRate }) => learningRate);
  const high = rates.reduce((a, b) => Math.max(a, b));
  const low = rates.reduce((a, b) => Math.min(a, b));
  const time = timeAxis(run);
  const points = run.steps.map(({ step, learningRate }) => ({
    x: time.ofStep(step),
    y: learningRate,
  }));
  const y = {
    field: 'y',
    type: 'quantitative',
    title: null,
    scale: { domain: [0, high === 0 ? 1 : high] },
    axis: {
      tickCount: 3,
      format: high < 0.001 ? '.1~e' : '~g',
      labelExpr: "datum.value === 0 ? '0' : datum.label",
    },
  };
  const layer = [
    {
      data: { values: sampleEvery(points, 300) },
      mark: { type: 'line', color: palette.ink.light, strokeWidth: 1.5 },
      encoding: { x: time.channel, y },
    },
  ];
  const course =
    low === high
      ? `constant at ${formatNumber(low)}`
      : `${formatNumber(rates[0])} at the first step, at most ${formatNumber(high)}, ${formatNumber(rates[rates.length - 1])} at the last`;
  return {
    id: 'training-rate',
    title: 'Learning rate',
    alt: `Line chart of the learning rate: ${course}.`,
    height: 150,
    spec: { $schema: schema, layer },
  };
}
