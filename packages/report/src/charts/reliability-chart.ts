import { formatNumber, formatPercent, type Text } from '@convbook/page';
import { palette, schema, type Chart } from '@convbook/page/charts';
import { expectedCalibrationError, type CalibrationBin } from '../analysis/calibration.ts';

const bar = {
  at: { en: 'confidence {x:percent0}–{x2:percent0}', ko: '확신도 {x:percent0}–{x2:percent0}' },
  said: {
    en: '{y:percent1} of {samples:count} images correct at a mean confidence of {confidence:percent1}',
    ko: '이미지 {samples:count}장 가운데 맞은 비율 {y:percent1}, 평균 확신도 {confidence:percent1}',
  },
};

/** Share of right answers in each bin of confidence, beside what the confidence promises. */
export function reliabilityChart(bins: readonly CalibrationBin[]): Chart {
  const filled = bins.filter(({ samples }) => samples > 0);
  const channel = (field: string, title: Text | null) => ({
    field,
    type: 'quantitative',
    title,
    scale: { domain: [0, 1] },
    axis: { format: '.0%', values: [0, 0.25, 0.5, 0.75, 1] },
  });
  const x = channel('x', {
    en: 'probability of the prediction',
    ko: '예측의 확률',
  });
  const y = channel('y', null);
  const values = filled.map(({ from, to, accuracy, confidence, samples }) => ({
    x: from,
    x2: to,
    y: accuracy,
    confidence,
    samples,
  }));
  const layer = [
    {
      bar,
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
  const counts = {
    data: {
      values: filled.map(({ from, to, samples }) => ({
        x: (from + to) / 2,
        y: 0,
        count: shortCount(samples),
      })),
    },
    mark: { type: 'text', dy: -7, fontSize: 10, color: palette.ink.light },
    encoding: { x, y, text: { field: 'count' } },
  };
  const widest = filled.reduce((a, b) => (gap(b) > gap(a) ? b : a));
  const error = formatNumber(expectedCalibrationError(bins), 2);
  const [from, to] = [widest.from, widest.to].map((edge) => formatPercent(edge, 0));
  const [right, mean] = [widest.accuracy, widest.confidence].map((of) => formatPercent(of, 1));
  return {
    id: 'reliability',
    title: {
      en: 'Correct predictions by confidence',
      ko: '확신도별 맞은 예측의 비율',
    },
    alt: {
      en: `Reliability diagram: the expected calibration error is ${error}; the bin from ${from} to ${to} is furthest off, with ${right} correct at a mean confidence of ${mean}.`,
      ko: `신뢰도 다이어그램: 기대 보정 오차 ${error}; 확신도와 가장 다른 구간 ${from}–${to}, 평균 확신도 ${mean}, 맞은 비율 ${right}.`,
    },
    height: 260,
    spec: { $schema: schema, layer: [...layer, counts] },
    readout: { place: { text: '#', format: 'percent' }, format: 'percent' },
  };
}

/** `9.9k` for 9,912: a bin is not wide. */
function shortCount(count: number): string {
  if (count < 1000) return String(count);
  const thousands = count / 1000;
  return `${thousands < 10 ? thousands.toFixed(1) : Math.round(thousands)}k`;
}

function gap({ accuracy, confidence }: CalibrationBin): number {
  return Math.abs(accuracy - confidence);
}
