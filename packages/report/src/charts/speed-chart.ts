import { formatCount } from '@convbook/page';
import { palette, sampleEvery, schema, type Chart } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { timeAxis } from './time-axis.ts';

/** Training images a second as measured through the run; null with fewer than two measurements. */
export function speedChart(run: Run): Chart | null {
  const time = timeAxis(run);
  const points = run.timing.flatMap((event) =>
    event.event === 'progress' ? [{ x: time.ofStep(event.step), y: event.imagesPerSecond }] : [],
  );
  if (points.length < 2) return null;
  const rates = points.map(({ y }) => y).sort((a, b) => a - b);
  const [low, middle, high] = [rates[0], rates[rates.length >> 1], rates[rates.length - 1]];
  const layer = [
    {
      data: { values: sampleEvery(points, 300) },
      mark: { type: 'line', color: palette.ink.light, strokeWidth: 1.5 },
      encoding: {
        x: time.channel,
        y: {
          field: 'y',
          type: 'quantitative',
          title: null,
          scale: { domain: [0, high] },
          axis: { tickCount: 3, format: ',.0f' },
        },
      },
    },
  ];
  return {
    id: 'training-speed',
    title: { en: 'Images a second', ko: '초당 이미지' },
    alt: {
      en: `Line chart of training images a second: from ${formatCount(low)} to ${formatCount(high)}, half of the time above ${formatCount(middle)}.`,
      ko: `초당 훈련 이미지 수의 꺾은선 차트: ${formatCount(low)}–${formatCount(high)}, 절반의 시간은 ${formatCount(middle)} 이상.`,
    },
    height: 150,
    spec: { $schema: schema, layer },
  };
}
