import { evenly, formatNumber, type Text } from '@convbook/page';
import {
  lineLayers,
  outline,
  palette,
  schema,
  valueScale,
  type Chart,
  type Line,
  type Point,
} from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { rangeOf } from '@convbook/run/history';
import { layerCourses, middleOf, type LayerSample } from '../analysis/layer-courses.ts';
import { timeAxis } from './time-axis.ts';

const height = 270;

/** Lines are told apart by colour, and three of one colour by their dashes. */
const colors = [palette.blue.light, palette.orange.light, palette.green.light];
const dashes = [undefined, [7, 3], [2, 2.5]];
/** Most groups of neighbouring samples whose extremes a line goes through. */
const mostGroups = 150;

export const mostLines = colors.length * dashes.length;

/**
 * Updates are shown where the learning rate is at least this part of its highest: the end of a schedule
 * would otherwise take most of the scale.
 */
const leastRate = 0.01;

/** The quantity of each layer that a chart shows. */
const kinds = {
  gradient: {
    id: 'training-layer-gradients',
    title: { en: 'Gradient norm of each layer', ko: '층별 기울기 노름' },
    value: ({ gradientNorm }: LayerSample) => gradientNorm,
  },
  update: {
    id: 'training-layer-updates',
    title: { en: 'Update over weights of each layer', ko: '층별 가중치 대비 갱신 비율' },
    value: ({ updateRatio }: LayerSample) => updateRatio,
  },
};

/** Course of each layer's gradient norm, or of its update relative to its weights; null with fewer than two samples. */
export function layerChart(run: Run, kind: keyof typeof kinds): Chart | null {
  const { id, title, value } = kinds[kind];
  const time = timeAxis(run);
  const rates = new Map(run.layerNorms.map(({ step, learningRate }) => [step, learningRate]));
  const high = run.steps.reduce(
    (most, point) => Math.max(most, rangeOf(point, 'learningRate').highest.value),
    0,
  );
  const isMoving = ({ step }: LayerSample) => (rates.get(step) ?? high) >= leastRate * high;
  // A logarithmic scale has no 0: that a layer stands still is said, not drawn.
  const pointsOf = (samples: readonly LayerSample[]): Point[] =>
    samples.filter(kind === 'update' ? isMoving : () => true).flatMap((sample) => {
      const y = value(sample);
      return y === null || y === 0 ? [] : [{ x: time.ofStep(sample.step), y }];
    });
  const courses = layerCourses(run)
    .map(({ name, samples }) => ({ name, points: pointsOf(samples) }))
    .filter(({ points }) => points.length > 1);
  if (courses.length === 0) return null;
  const lines = evenly(courses, mostLines).map(({ name, points }, k): Line => ({
    name,
    points: outline(points, mostGroups),
    dots: false,
    color: colors[k % colors.length],
    dash: dashes[Math.floor(k / colors.length)],
  }));
  const scale = valueScale(lines.flatMap(({ points }) => points));
  const layer = lineLayers(lines, { x: time.channel, y: scale.channel }, height, scale.place);
  return {
    id,
    height,
    title: scale.title(title),
    alt: describe(title, courses),
    spec: { $schema: schema, layer },
    readout: { place: time.place, format: 'number' },
  };
}

function describe(
  title: Text,
  courses: readonly { name: string; points: readonly Point[] }[],
): Text {
  const middles = courses
    .map(({ name, points }) => ({ name, middle: middleOf(points.map(({ y }) => y)) ?? 0 }))
    .sort((a, b) => a.middle - b.middle);
  const [low, high] = [middles[0], middles[middles.length - 1]];
  const [least, most] = [low, high].map(({ middle }) => formatNumber(middle, 2));
  return {
    en: `Line chart, ${title.en.toLowerCase()}: medians of the samples from ${least} (${low.name}) to ${most} (${high.name}).`,
    ko: `${title.ko}의 꺾은선 차트: 표본의 중앙값이 ${least}(${low.name})에서 ${most}(${high.name})까지.`,
  };
}
