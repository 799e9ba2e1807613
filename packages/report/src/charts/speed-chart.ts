import { formatCount } from '@convbook/page';
import { palette, schema, type Chart } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import {
  fewerIntervals,
  speedIntervals,
  speedOf,
  type SpeedInterval,
} from '../analysis/training-speed.ts';
import { timeAxis } from './time-axis.ts';

const title = { en: 'Images a second', ko: '초당 이미지' };

/** Most intervals drawn. */
const mostIntervals = 300;

/** Training images a second in each interval of the run; null with fewer than two intervals. */
export function speedChart(run: Run): Chart | null {
  const intervals = fewerIntervals(speedIntervals(run), mostIntervals);
  if (intervals.length < 2) return null;
  const time = timeAxis(run);
  const values = intervals.flatMap((one) => [
    { x: time.ofStep(one.from), y: speedOf(one) },
    { x: time.ofStep(one.to), y: speedOf(one) },
  ]);
  const [low, middle, high] = spread(intervals);
  const layer = [
    {
      curve: title,
      data: { values },
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
  const shown = [low, middle, high].map(formatCount);
  return {
    id: 'training-speed',
    title,
    alt: {
      en: `Line chart of training images a second in each interval: from ${shown[0]} to ${shown[2]}, half of the time above ${shown[1]}.`,
      ko: `구간별 초당 훈련 이미지 수의 꺾은선 차트: ${shown[0]}–${shown[2]}, 절반의 시간은 ${shown[1]} 이상.`,
    },
    height: 150,
    spec: { $schema: schema, layer },
    readout: { place: time.place, format: 'count' },
  };
}

/** The lowest speed, the one that half of the time exceeds, and the highest. */
function spread(intervals: readonly SpeedInterval[]): number[] {
  const sorted = [...intervals].sort((a, b) => speedOf(a) - speedOf(b));
  const half = sorted.reduce((sum, { seconds }) => sum + seconds, 0) / 2;
  let before = 0;
  const middle = sorted.find(({ seconds }) => (before += seconds) >= half) ?? sorted[0];
  return [sorted[0], middle, sorted[sorted.length - 1]].map(speedOf);
}
