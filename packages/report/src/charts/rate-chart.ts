import { formatNumber } from '@convbook/page';
import { palette, sampleEvery, schema, smallAsPowers, type Chart } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { firstOf, rangeOf } from '@convbook/run/history';
import { timeAxis } from './time-axis.ts';

const title = { en: 'Learning rate', ko: '학습률' };

/** Learning rate of each step; null before the first. */
export function rateChart(run: Run): Chart | null {
  if (run.steps.length === 0) return null;
  const ranges = run.steps.map((point) => rangeOf(point, 'learningRate'));
  const high = ranges.reduce((most, { highest }) => Math.max(most, highest.value), -Infinity);
  const low = ranges.reduce((least, { lowest }) => Math.min(least, lowest.value), Infinity);
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
      format: '~g',
      labelExpr: smallAsPowers,
    },
  };
  const layer = [
    {
      curve: title,
      data: { values: sampleEvery(points, 300) },
      mark: { type: 'line', color: palette.ink.light, strokeWidth: 1.5 },
      encoding: { x: time.channel, y },
    },
  ];
  const [first, most, last] = [
    firstOf(run.steps[0]).learningRate,
    high,
    run.steps[run.steps.length - 1].learningRate,
  ].map((rate) => formatNumber(rate));
  const course =
    low === high
      ? { en: `constant at ${most}`, ko: `일정하게 ${most}` }
      : {
          en: `${first} at the first step, at most ${most}, ${last} at the last`,
          ko: `첫 스텝 ${first}, 최대 ${most}, 마지막 ${last}`,
        };
  return {
    id: 'training-rate',
    title,
    alt: {
      en: `Line chart of the learning rate: ${course.en}.`,
      ko: `학습률의 꺾은선 차트: ${course.ko}.`,
    },
    height: 150,
    spec: { $schema: schema, layer },
    readout: { place: time.place, format: 'number' },
  };
}
