import { formatCount, formatNumber } from '../format.ts';
import type { Run } from '../run/run.ts';
import type { Text } from '../text.ts';
import type { Chart } from './chart.ts';
import { lineLayers, schema, timeAxis, type Line } from './lines.ts';
import { palette } from './palette.ts';
import { runningMean, sampleEvery, thin, type Point } from './series.ts';
import { valueScale } from './value-scale.ts';

const height = 290;

/** Steps that the smoothed loss is a mean of: a hundredth of the run, in short runs up to ten. */
export function smoothingWindow({ steps }: Run): number {
  const share = (part: number) => Math.round(steps.length / part);
  return Math.max(1, share(100), Math.min(10, share(10)));
}

/** Loss of each training step, its running mean, and the test loss after each epoch; null before the first step. */
export function lossChart(run: Run): Chart | null {
  if (run.steps.length === 0) return null;
  const time = timeAxis(run);
  const raw = run.steps.map(({ step, loss }) => ({ x: time.ofStep(step), y: loss }));
  const smooth = sampleEvery(runningMean(raw, smoothingWindow(run)), 300);
  const test = run.epochs.map(({ epoch, testLoss }) => ({ x: time.ofEpoch(epoch), y: testLoss }));
  const lines: Line[] = [
    { name: { en: 'train', ko: '훈련' }, color: palette.orange.light, points: smooth, dots: false },
    { name: { en: 'test', ko: '시험' }, color: palette.blue.light, points: test, dots: true },
  ].filter(({ points }) => points.length > 0);
  const scale = valueScale([...raw, ...test]);
  const encoding = { x: time.channel, y: scale.channel };
  const band = { type: 'line', color: palette.faint.light, strokeWidth: 1 };
  const layer = [
    { data: { values: thin(raw, 350) }, mark: band, encoding },
    ...lineLayers(lines, encoding, height, scale.place),
  ];
  return {
    id: 'training-loss',
    title: scale.title({ en: 'Loss', ko: '손실' }),
    alt: describe(raw.length, smooth, test),
    height,
    spec: { $schema: schema, layer },
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
