import { formatCount, formatNumber, type Text } from '@convbook/page';
import {
  lineLayers,
  palette,
  ringAround,
  schema,
  smoothedCurve,
  thin,
  valueScale,
  type Chart,
  type Line,
  type Point,
} from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { epochLine } from './epoch-line.ts';
import { eachStep, meanPoints, outlinePoints } from './step-curves.ts';
import { timeAxis } from './time-axis.ts';

const height = 260;

const names = { train: { en: 'train', ko: '훈련' }, test: { en: 'test', ko: '시험' } };

/** Loss of each training step, its running mean, and the test loss after each epoch; null before the first step. */
export function lossChart(run: Run): Chart | null {
  if (run.steps.length === 0) return null;
  const time = timeAxis(run);
  const raw = outlinePoints(run, time, 'loss');
  const test = run.epochs.map(({ epoch, testLoss }) => ({ x: time.ofEpoch(epoch), y: testLoss }));
  const scale = valueScale([...raw, ...test]);
  const encoding = { x: time.channel, y: scale.channel };
  const color = palette.orange.light;
  const means = meanPoints(run, time, ({ loss }) => loss);
  const smooth = smoothedCurve(run, means, {
    curve: names.train,
    mark: { type: 'line', color, strokeWidth: 1.8 },
    encoding,
  });
  const lines: Line[] = [
    {
      name: names.train,
      color,
      points: smooth.points,
      dots: false,
      layer: smooth.name,
    },
    { name: names.test, color: palette.blue.light, ...epochLine(test) },
  ].filter(({ points }) => points.length > 0);
  const best = test.length > 0 ? test.reduce((a, b) => (b.y < a.y ? b : a)) : null;
  const band = { type: 'line', color: palette.faint.light, strokeWidth: 1 };
  const layer = [
    { curve: eachStep, isEachStep: true, data: { values: thin(raw, 350) }, mark: band, encoding },
    ...lineLayers(lines, encoding, height, scale.place),
    ...(best ? [ringAround(best, encoding, names.test)] : []),
  ];
  return {
    id: 'training-loss',
    title: scale.title({ en: 'Loss', ko: '손실' }),
    alt: describe(run.stepCount, smooth.points, test),
    height,
    spec: { $schema: schema, layer },
    hiddenLayers: smooth.hiddenLayers,
    readout: { place: time.place, format: 'number' },
    steps: means,
  };
}

function describe(steps: number, smooth: readonly Point[], test: readonly Point[]): Text {
  const first = formatNumber(smooth[0].y, 2);
  const last = formatNumber(smooth[smooth.length - 1].y, 2);
  const course = {
    en: `Line chart of the loss over ${formatCount(steps)} steps: the running mean on training batches goes from ${first} to ${last}`,
    ko: `${formatCount(steps)}스텝 동안 손실의 꺾은선 차트: 훈련 배치의 이동 평균 ${first}에서 ${last}까지`,
  };
  const end = test.at(-1);
  if (end === undefined) return { en: `${course.en}.`, ko: `${course.ko}.` };
  return {
    en: `${course.en}; the test loss ends at ${formatNumber(end.y, 2)}.`,
    ko: `${course.ko}; 마지막 시험 손실 ${formatNumber(end.y, 2)}.`,
  };
}
