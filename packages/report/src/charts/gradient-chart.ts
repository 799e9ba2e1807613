import { formatNumber } from '@convbook/page';
import {
  palette,
  schema,
  smoothedCurve,
  thin,
  valueScale,
  type Chart,
} from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { eachStep, meanPoints, outlinePoints } from './step-curves.ts';
import { timeAxis } from './time-axis.ts';

/** Euclidean norm of all parameters' gradient at each step and its running mean; null before the first step. */
export function gradientChart(run: Run): Chart | null {
  if (run.steps.length === 0) return null;
  const time = timeAxis(run);
  const raw = outlinePoints(run, time, 'gradientNorm');
  const scale = valueScale(raw);
  const encoding = { x: time.channel, y: scale.channel };
  const curve = { en: 'smoothed', ko: '스무딩' };
  const look = {
    curve,
    mark: { type: 'line', color: palette.green.light, strokeWidth: 1.8 },
    encoding,
  };
  const means = meanPoints(run, time, ({ gradientNorm }) => gradientNorm);
  const smooth = smoothedCurve(run, means, look);
  const layer = [
    {
      curve: eachStep,
      isEachStep: true,
      data: { values: thin(raw, 250) },
      mark: { type: 'line', color: palette.axis.light, strokeWidth: 1, opacity: 0.4 },
      encoding,
    },
    { name: smooth.name, data: { values: smooth.points }, ...look },
  ];
  const [first, last] = [smooth.points[0], smooth.points[smooth.points.length - 1]].map(({ y }) =>
    formatNumber(y, 2),
  );
  const high = raw.reduce((a, b) => (b.y > a.y ? b : a));
  return {
    id: 'training-gradient',
    title: scale.title({ en: 'Gradient norm', ko: '기울기 노름' }),
    alt: {
      en: `Line chart of the gradient norm: its running mean goes from ${first} to ${last}; the largest of a step is ${formatNumber(high.y, 2)}.`,
      ko: `기울기 노름의 꺾은선 차트: 이동 평균 ${first}에서 ${last}까지, 한 스텝의 최댓값 ${formatNumber(high.y, 2)}.`,
    },
    height: 200,
    spec: { $schema: schema, layer },
    hiddenLayers: smooth.hiddenLayers,
    readout: { place: time.place, format: 'number' },
    steps: means,
  };
}
