import { formatNumber, formatPercent, type Text } from '@convbook/page';
import { palette, schema, type Chart } from '@convbook/page/charts';
import { expectedCalibrationError, type CalibrationBin } from '../analysis/calibration.ts';

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
    en: 'probability the model gives its answer',
    ko: '모델이 자신의 답에 준 확률',
  });
  const y = channel('y', null);
  const values = filled.map(({ from, to, accuracy }) => ({ x: from, x2: to, y: accuracy }));
  const layer = [
    {
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
  const widest = filled.reduce((a, b) => (gap(b) > gap(a) ? b : a));
  const error = formatNumber(expectedCalibrationError(bins), 2);
  const [from, to] = [widest.from, widest.to].map((edge) => formatPercent(edge, 0));
  const [right, mean] = [widest.accuracy, widest.confidence].map((of) => formatPercent(of, 1));
  return {
    id: 'reliability',
    title: { en: 'Share of right answers by confidence', ko: '확신에 따른 정답 비율' },
    alt: {
      en: `Reliability diagram: the expected calibration error is ${error}; furthest from its promise is the bin from ${from} to ${to}, right in ${right} at a mean confidence of ${mean}.`,
      ko: `신뢰도 다이어그램: 기대 보정 오차 ${error}; 확신과 가장 다른 구간 ${from}–${to}, 평균 확신 ${mean}에 정답 ${right}.`,
    },
    height: 300,
    spec: { $schema: schema, layer },
  };
}

function gap({ accuracy, confidence }: CalibrationBin): number {
  return Math.abs(accuracy - confidence);
}
