import { highest, lowest } from '@convbook/core';
import { formatPercent } from '@convbook/page';
import { palette, sampleEvery, schema, type Chart, type Point } from '@convbook/page/charts';
import type { Confidence } from '../analysis/calibration.ts';

const height = 250;

const curve = { en: 'accuracy', ko: '정확도' };

/** Fewest images of which a share of right answers is told: the line begins there. */
export const leastImages = 20;

/** Room above and below the line, as a part of its range. */
const margin = 0.08;

/**
 * Accuracy of the surest answers, by how many are given: what is gained by leaving the least certain to
 * someone else. Null where the line would begin after the surer half.
 *
 * @param confidences Of each sample, in any order.
 */
export function confidenceChart(confidences: readonly Confidence[]): Chart | null {
  if (confidences.length < 2 * leastImages) return null;
  const points = accuracyOfSurest(confidences);
  const values = points.map(({ y }) => y);
  const [low, high] = [lowest(values), highest(values)];
  const room = Math.max(0.002, (high - low) * margin);
  const x = {
    field: 'x',
    type: 'quantitative',
    title: {
      en: 'share of the images, most confident predictions first',
      ko: '이미지의 비율(확신도가 높은 예측부터)',
    },
    scale: { domain: [0, 1] },
    axis: { format: '.0%', values: [0, 0.25, 0.5, 0.75, 1] },
  };
  const y = {
    field: 'y',
    type: 'quantitative',
    title: null,
    scale: { domain: [Math.max(0, low - room), Math.min(1, high + room)], nice: false },
    axis: { format: '.2~%', tickCount: 5 },
  };
  const encoding = { x, y };
  const end = points.slice(-1);
  const whole = formatPercent(end[0].y, 2);
  const layer = [
    {
      curve,
      data: { values: sampleEvery(points, 300) },
      mark: { type: 'line', color: palette.blue.light, strokeWidth: 1.8 },
      encoding,
    },
    {
      curve,
      data: { values: end },
      mark: { type: 'point', filled: true, opacity: 1, size: 40, color: palette.blue.light },
      encoding,
    },
    {
      curve,
      data: { values: [{ ...end[0], text: { en: 'all', ko: '전체' } }] },
      mark: { type: 'text', align: 'left', dx: 8, color: palette.blue.light },
      encoding: { ...encoding, text: { field: 'text' } },
    },
  ];
  const half = formatPercent(points.find(({ x }) => x >= 0.5)?.y ?? 0, 2);
  return {
    id: 'confidence-accuracy',
    title: { en: 'Accuracy of the most confident predictions', ko: '확신도가 높은 예측의 정확도' },
    alt: {
      en: `Line chart of accuracy by the share of images, most confident predictions first: ${half} of the more confident half are correct, ${whole} of all.`,
      ko: `확신도가 높은 예측부터 모은 이미지의 비율에 따른 정확도의 꺾은선 차트: 확신도가 높은 절반에서 ${half}, 전체에서 ${whole}.`,
    },
    height,
    spec: { $schema: schema, layer },
    readout: {
      place: { text: { en: 'most confident #', ko: '확신도 상위 #' }, format: 'percent' },
      format: 'percent',
    },
  };
}

/** Share of right answers among the n surest, for every n from 20 on. */
export function accuracyOfSurest(confidences: readonly Confidence[]): Point[] {
  const sorted = [...confidences].sort(
    (a, b) => b.probability - a.probability || a.index - b.index,
  );
  let right = 0;
  return sorted.flatMap(({ isCorrect }, k) => {
    if (isCorrect) right++;
    return k + 1 < leastImages ? [] : [{ x: (k + 1) / sorted.length, y: right / (k + 1) }];
  });
}
